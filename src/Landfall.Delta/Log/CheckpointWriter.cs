using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Landfall.Delta.Maintenance;

namespace Landfall.Delta.Log;

/// <summary>Writes checkpoints: always the whole state of a version, never a part.</summary>
internal sealed class CheckpointWriter(ILogStore log, IParquetIo parquet, TimeProvider clock)
{
    private const int DefaultInterval = 10;

    /// <summary>Whether a version is one at which a checkpoint is written.</summary>
    public static bool IsDue(Snapshot snapshot)
    {
        string text = snapshot.Metadata.Configuration.GetValueOrDefault("delta.checkpointInterval", "");
        bool given = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long interval)
            && interval > 0;
        return snapshot.Version > 0 && snapshot.Version % (given ? interval : DefaultInterval) == 0;
    }

    /// <summary>Writes a snapshot's checkpoint, then the hint that points to it.</summary>
    public async Task WriteAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        using var writer = new ActionWriter();
        writer.Protocol(snapshot.Protocol);
        writer.Metadata(snapshot.Metadata);
        foreach (AppTransaction transaction in snapshot.Transactions)
        {
            writer.Transaction(transaction);
        }

        // Where the property is not understood, nothing is forgotten.
        long expiry = TableRetention.DeletedFiles(snapshot.Metadata) is { } retention
            ? (clock.GetUtcNow() - retention).ToUnixTimeMilliseconds()
            : long.MinValue;
        foreach (RemoveFile tombstone in snapshot.Tombstones.Where(t => t.DeletionTimestamp > expiry))
        {
            writer.Remove(tombstone, dataChange: false);
        }

        foreach (AddFile file in snapshot.Files)
        {
            writer.Add(file, dataChange: false);
        }

        long bytes = await parquet.WriteCheckpointAsync(
            LogFiles.Checkpoint(snapshot.Version), writer.Written, cancellationToken);
        JsonObject hint = new()
        {
            ["version"] = snapshot.Version,
            ["size"] = writer.Count,
            ["sizeInBytes"] = bytes,
            ["numOfAddFiles"] = snapshot.Files.Length,
        };
        await log.PutAsync(LogFiles.LastCheckpoint, Encoding.UTF8.GetBytes(hint.ToJsonString()), cancellationToken);
    }
}
