using System.Collections.Immutable;

namespace Landfall.Engine.Spark.Connect;

/// <summary>Rows that Spark writes as files.</summary>
/// <param name="Sql">The query of the rows.</param>
/// <param name="Folder">Absolute path of a folder that does not exist yet.</param>
public sealed record SparkWrite(string Sql, string Folder)
{
    /// <summary>Spark's word for the kind of files.</summary>
    public string Format { get; init; } = "parquet";

    /// <summary>Columns whose values name folders, outermost first; they are not in the files then.</summary>
    public ImmutableArray<string> PartitionBy { get; init; } = [];

    /// <summary>Options of the format by their names.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Names and SQL aggregates over the written rows, computed while they are written.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Metrics { get; init; } = [];
}
