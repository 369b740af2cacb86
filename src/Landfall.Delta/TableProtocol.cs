using System.Collections.Frozen;
using System.Collections.Immutable;
using Landfall.Delta.Schema;

namespace Landfall.Delta;

/// <summary>What a table demands of its readers and writers.</summary>
/// <param name="MinReaderVersion">Reader version.</param>
/// <param name="MinWriterVersion">Writer version.</param>
/// <param name="ReaderFeatures">Named features, with reader version 3; empty otherwise.</param>
/// <param name="WriterFeatures">Named features, with writer version 7; empty otherwise.</param>
public sealed record TableProtocol(
    int MinReaderVersion, int MinWriterVersion, ImmutableArray<string> ReaderFeatures,
    ImmutableArray<string> WriterFeatures)
{
    /// <summary>What every table we make has: every Delta reader understands it.</summary>
    public static TableProtocol Default { get; } = new(1, 2, [], []);

    /// <summary>Features that reading takes into account.</summary>
    private static readonly FrozenSet<string> ReadFeatures = FrozenSet.Create(
        StringComparer.Ordinal, "columnMapping", "deletionVectors", "timestampNtz", "typeWidening",
        "typeWidening-preview", "v2Checkpoint", "vacuumProtocolCheck");

    /// <summary>Equality by value; features compare in order.</summary>
    public bool Equals(TableProtocol? other) =>
        other is not null && MinReaderVersion == other.MinReaderVersion && MinWriterVersion == other.MinWriterVersion
        && ReaderFeatures.SequenceEqual(other.ReaderFeatures) && WriterFeatures.SequenceEqual(other.WriterFeatures);

    /// <summary>A hash that agrees with <see cref="Equals(TableProtocol)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(MinReaderVersion, MinWriterVersion);

    /// <summary>How columns are found in files.</summary>
    /// <exception cref="UnsupportedTableException">By a way that is not known, or that the protocol does not allow.
    /// </exception>
    internal ColumnMapping MappingOf(TableMetadata metadata)
    {
        string mode = metadata.Configuration.GetValueOrDefault("delta.columnMapping.mode", "none");
        bool counts = MinReaderVersion == 2 || ReaderFeatures.Contains("columnMapping");
        return mode switch
        {
            "none" => ColumnMapping.None,
            "name" when counts => ColumnMapping.Name,
            "id" when counts => ColumnMapping.Id,
            _ when counts => throw UnsupportedTableException.ToRead($"columnMapping ({mode})"),
            _ => throw UnsupportedTableException.ToRead($"columnMapping ({mode}) without its protocol"),
        };
    }

    /// <summary>Throws <see cref="UnsupportedTableException"/> naming what a reader would have to know.</summary>
    internal void RequireReadable(TableMetadata metadata)
    {
        if (MinReaderVersion > 3)
        {
            throw UnsupportedTableException.ToRead($"reader version {MinReaderVersion}");
        }

        string[] unknown = [.. ReaderFeatures.Where(f => !ReadFeatures.Contains(f))];
        if (unknown.Length > 0)
        {
            throw UnsupportedTableException.ToRead(string.Join(", ", unknown));
        }

        if (metadata.Provider != TableMetadata.Parquet)
        {
            throw UnsupportedTableException.ToRead($"data files in {metadata.Provider}");
        }

        _ = MappingOf(metadata);
    }

    /// <summary>Throws <see cref="UnsupportedTableException"/> naming what a writer would have to keep.</summary>
    internal void RequireWritable(TableMetadata metadata)
    {
        if (MinWriterVersion > 2)
        {
            throw UnsupportedTableException.ToWrite(WriterFeatures.Length > 0
                ? string.Join(", ", WriterFeatures)
                : $"writer version {MinWriterVersion}");
        }

        if (metadata.SchemaText.Contains("\"delta.invariants\"", StringComparison.Ordinal))
        {
            throw UnsupportedTableException.ToWrite("invariants");
        }
    }
}
