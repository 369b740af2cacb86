using System.Globalization;

namespace Landfall.Engine.Ingest;

/// <summary>Places in an integration's folder in raw.</summary>
internal static class RawPaths
{
    /// <summary>A batch's folder: <c>table/000000000012</c>.</summary>
    public static string BatchFolder(string table, long batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}/{batch:D12}");

    /// <summary>A file of a batch: <c>table/000000000012/path/of/the/source</c>.</summary>
    public static string Of(string table, long batch, string file) => $"{BatchFolder(table, batch)}/{file}";
}
