namespace Landfall.Azure.Policies.Aliases;

/// <summary>A step into a resource.</summary>
/// <param name="Property">The property; null for all items of a list.</param>
internal readonly record struct AliasStep(string? Property)
{
    /// <summary>Into all items of a list.</summary>
    public static AliasStep Items { get; } = new(null);
}
