using System.Collections.Immutable;

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

    /// <summary>Equality by value; features compare in order.</summary>
    public bool Equals(TableProtocol? other) =>
        other is not null && MinReaderVersion == other.MinReaderVersion && MinWriterVersion == other.MinWriterVersion
        && ReaderFeatures.SequenceEqual(other.ReaderFeatures) && WriterFeatures.SequenceEqual(other.WriterFeatures);

    /// <summary>A hash that agrees with <see cref="Equals(TableProtocol)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(MinReaderVersion, MinWriterVersion);

    /// <summary>Throws <see cref="UnsupportedTableException"/> naming what a reader would have to know.</summary>
    internal void RequireReadable(TableMetadata metadata)
    {
        if (MinReaderVersion > 3)
        {
            throw UnsupportedTableException.ToRead($"reader version {MinReaderVersion}");
        }

        if (ReaderFeatures.Length > 0)
        {
            throw UnsupportedTableException.ToRead(string.Join(", ", ReaderFeatures));
        }

        string mapping = metadata.Configuration.GetValueOrDefault("delta.columnMapping.mode", "none");
        if (MinReaderVersion >= 2 && mapping != "none")
        {
            throw UnsupportedTableException.ToRead($"columnMapping ({mapping})");
        }
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
