namespace Landfall.Azure.Policies.Aliases;

/// <summary>
/// Names of resource types: policies call a resource group <c>Microsoft.Resources/subscriptions/resourceGroups</c>,
/// templates <c>Microsoft.Resources/resourceGroups</c>.
/// </summary>
internal static class ResourceTypeNames
{
    private const string Template = "Microsoft.Resources/resourceGroups";
    private const string Policy = "Microsoft.Resources/subscriptions/resourceGroups";

    /// <summary>A type as policies call it.</summary>
    public static string OfPolicy(string type) =>
        type.Equals(Template, StringComparison.OrdinalIgnoreCase) ? Policy : type;

    /// <summary>A type as snapshots call it.</summary>
    public static string OfSnapshot(string type) =>
        type.Equals(Policy, StringComparison.OrdinalIgnoreCase) ? Template : type;

    /// <summary>How many characters of an alias are its type, given as snapshots call it.</summary>
    public static int LengthIn(string alias, string type) =>
        alias.StartsWith(type + "/", StringComparison.OrdinalIgnoreCase) ? type.Length : Policy.Length;
}
