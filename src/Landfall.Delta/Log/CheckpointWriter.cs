using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Landfall.Delta.Log;

/// <summary>Writes checkpoints: always the whole state of a version, never a part.</summary>
internal sealed class CheckpointWriter(ILogStore log, IParquetIo parquet, TimeProvider clock)
{
    private const int DefaultInterval = 10;

    private static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(7);

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

        long expiry = (clock.GetUtcNow() - RetentionOf(snapshot.Metadata)).ToUnixTimeMilliseconds();
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

    /// <summary>How long tombstones are kept: <c>delta.deletedFileRetentionDuration</c>, a week by default.</summary>
    internal static TimeSpan RetentionOf(TableMetadata metadata)
    {
        string text = metadata.Configuration.GetValueOrDefault("delta.deletedFileRetentionDuration", "");
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && words[0].Equals("interval", StringComparison.OrdinalIgnoreCase))
        {
            words = words[1..];
        }

        if (words.Length != 2
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return DefaultRetention;
        }

        return words[1].TrimEnd('s').ToUpperInvariant() switch
        {
            "WEEK" => TimeSpan.FromDays(7L * number),
            "DAY" => TimeSpan.FromDays(number),
            "HOUR" => TimeSpan.FromHours(number),
            "MINUTE" => TimeSpan.FromMinutes(number),
            "SECOND" => TimeSpan.FromSeconds(number),
            _ => DefaultRetention,
        };
    }
}
