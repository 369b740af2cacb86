using System.Text;
using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>Everything a snapshot promises as text, in one order, to compare two of them.</summary>
public static class SnapshotText
{
    public static string Of(Snapshot snapshot)
    {
        var text = new StringBuilder(WithoutTombstones(snapshot));
        foreach (RemoveFile file in snapshot.Tombstones.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            text.AppendLine($"gone {file.Path} {file.DeletionTimestamp} {file.Size} "
                + $"[{string.Join(',', file.PartitionValues ?? AddFile.NoPartition)}]");
        }

        return text.ToString();
    }

    /// <summary>What a version still promises when it has become old.</summary>
    public static string WithoutTombstones(Snapshot snapshot)
    {
        var text = new StringBuilder();
        text.AppendLine($"version {snapshot.Version} at {snapshot.Timestamp:O}");
        text.AppendLine($"protocol {snapshot.Protocol.MinReaderVersion}/{snapshot.Protocol.MinWriterVersion}");
        TableMetadata metadata = snapshot.Metadata;
        text.AppendLine($"table {metadata.Id} {metadata.Name} {metadata.Description} {metadata.CreatedTime}");
        text.AppendLine($"schema {metadata.SchemaText} by {string.Join(',', metadata.PartitionColumns)}");
        text.AppendLine($"properties {string.Join(',', metadata.Configuration)}");
        foreach (AppTransaction transaction in snapshot.Transactions.OrderBy(t => t.AppId, StringComparer.Ordinal))
        {
            text.AppendLine(transaction.ToString());
        }

        foreach (AddFile file in snapshot.Files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            text.AppendLine(
                $"file {file.Path} {file.Size} {file.ModificationTime} [{string.Join(',', file.PartitionValues)}] "
                + $"[{string.Join(',', file.Tags ?? AddFile.NoPartition)}] {file.Statistics?.Json}");
        }

        return text.ToString();
    }
}
