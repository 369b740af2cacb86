namespace Landfall.Azure.Planning;

/// <summary>A property that has another value.</summary>
/// <param name="Path">
/// Where it stands, for example <c>properties.subnets[services].properties.addressPrefix</c>: items of arrays are told
/// by their names where they have some.
/// </param>
/// <param name="Old">The old value as JSON; null where there was none; <see cref="Hidden"/> for what is secret.</param>
/// <param name="New">The new value, in the same way.</param>
public readonly record struct PropertyChange(string Path, string? Old, string? New)
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "(hidden)";
}
