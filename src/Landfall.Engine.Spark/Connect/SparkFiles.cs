using System.Collections.Immutable;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Files that Spark reads as one table.</summary>
/// <param name="Format">Spark's word, for example <c>parquet</c>.</param>
/// <param name="Schema">Columns as DDL; null lets Spark read them from the files.</param>
/// <param name="Paths">Absolute paths, at least one, each taken as it reads: no character is a wildcard.</param>
public sealed record SparkFiles(string Format, string? Schema, ImmutableArray<string> Paths)
{
    /// <summary>Options of the format by their names.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Names and SQL expressions of columns beside those of the files. They alone see <c>_metadata</c>, which a view
    /// hides.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Computed { get; init; } = [];
}
