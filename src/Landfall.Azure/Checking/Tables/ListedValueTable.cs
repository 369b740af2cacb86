namespace Landfall.Azure.Checking.Tables;

/// <summary>Where the types list words and Azure takes more than those.</summary>
internal static class ListedValueTable
{
    /// <summary>Type and path, each with its reason.</summary>
    private static readonly (string Type, string Path, string Reason)[] Combined =
    [
        ("Microsoft.Storage/storageAccounts", "properties.networkAcls.bypass", "takes \"Logging, Metrics\" too"),
    ];

    /// <summary>Whether several of the words, with commas between them, are a value too.</summary>
    public static bool IsCombined(string type, string path) => Array.Exists(
        Combined,
        c => c.Type.Equals(type, StringComparison.OrdinalIgnoreCase)
            && c.Path.Equals(path, StringComparison.OrdinalIgnoreCase));
}
