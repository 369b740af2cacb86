using System.Collections.Immutable;

namespace Landfall.Delta;

/// <summary>What a table is. Immutable.</summary>
public sealed record TableMetadata
{
    /// <summary>The one format of data files that the protocol has.</summary>
    internal const string Parquet = "parquet";

    /// <summary>The table's identity, constant over its life.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>A description for people; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The schema as the log has it: JSON.</summary>
    public required string SchemaText
    {
        get;
        init
        {
            field = value;
            Parsed = null;
        }
    }

    /// <summary>Names of partition columns in order.</summary>
    public ImmutableArray<string> PartitionColumns { get; init; } = [];

    /// <summary>Table properties.</summary>
    public ImmutableSortedDictionary<string, string> Configuration { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The format of data files.</summary>
    internal string Provider { get; init; } = Parquet;

    /// <summary>When the table was made, milliseconds since 1970-01-01 UTC; null where the log does not say.</summary>
    public long? CreatedTime { get; init; }

    /// <summary>The schema.</summary>
    /// <exception cref="UnsupportedTableException">A column has a type that no contract type stands for.</exception>
    public TableSchema Schema => Parsed ??= TableSchema.Parse(SchemaText);

    private TableSchema? Parsed { get; set; }

    /// <summary>Equality by value.</summary>
    public bool Equals(TableMetadata? other) =>
        other is not null && Id == other.Id && Name == other.Name && Description == other.Description
        && SchemaText == other.SchemaText && CreatedTime == other.CreatedTime
        && PartitionColumns.SequenceEqual(other.PartitionColumns) && Configuration.SequenceEqual(other.Configuration);

    /// <summary>A hash that agrees with <see cref="Equals(TableMetadata)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Id, SchemaText);
}
