namespace Landfall.Azure.Policies.Definitions;

/// <summary>What definitions, sets, assignments and exemptions have in common.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Path">Path of its properties there.</param>
/// <param name="Id">Its id; the scope that it is at comes first where it is known.</param>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">Its name for people; its name where it has none.</param>
/// <param name="Zone">The zone whose file it stands in; null outside of an estate.</param>
internal sealed record PolicyHead(
    PolicySource Source, string Path, string Id, string Name, string DisplayName, string? Zone)
{
    private const string Provider = "/providers/";

    /// <summary>The scope that it is at, such as a subscription; empty where that is not known.</summary>
    public string Scope => Id[..Math.Max(0, Id.LastIndexOf(Provider, StringComparison.OrdinalIgnoreCase))];
}
