namespace Landfall.Azure.Checking.Tables;

/// <summary>Values that are right though the types do not list them.</summary>
internal static class ListedValueTable
{
    /// <summary>Type, end of the path and value, each with its reason.</summary>
    private static readonly (string Type, string Path, string Value, string Reason)[] Accepted =
    [
        ("Microsoft.Authorization/roleAssignments", "principalType", "Device", "documented; the types lag"),
    ];

    /// <summary>Whether a value is right all the same.</summary>
    public static bool IsAccepted(string type, string path, string value) => Accepted.Any(a =>
        a.Type.Equals(type, StringComparison.OrdinalIgnoreCase)
        && path.EndsWith(a.Path, StringComparison.OrdinalIgnoreCase)
        && a.Value.Equals(value, StringComparison.OrdinalIgnoreCase));
}
