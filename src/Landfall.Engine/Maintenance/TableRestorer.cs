using System.Globalization;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Estate;

namespace Landfall.Engine.Maintenance;

/// <summary>
/// Makes a table's content, schema and properties those of an earlier version, in a new commit: versions in between
/// stay readable. With the content goes the record of how it was built, so that the next run sees what that version
/// lacks and builds it forward.
/// </summary>
/// <param name="tableFolder">Absolute path of the table.</param>
/// <param name="table">The table; of the protocol that we write.</param>
/// <param name="clock">Time.</param>
public sealed class TableRestorer(string tableFolder, DeltaTable table, TimeProvider clock)
{
    private const int NamedMax = 5;

    /// <summary>The newest version that was committed at a time or before.</summary>
    /// <exception cref="LandfallException">LF4203 where the log remembers none.</exception>
    public async Task<long> VersionAtAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        IReadOnlyList<CommitSummary> history = await table.HistoryAsync(null, cancellationToken);
        return history.FirstOrDefault(c => c.Timestamp <= at)?.Version ?? throw new LandfallException(
            "LF4203",
            string.Create(CultureInfo.InvariantCulture, $"There is no version from {at:u} or before")
            + (history.Count == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $"; the log begins at {history[^1].Timestamp:u}"))
            + ". Nothing was changed.");
    }

    /// <summary>Restores a version; makes no commit where the table has its content already.</summary>
    /// <exception cref="LandfallException">
    /// LF4203 or LF4204 where there is no such version, or no longer; LF4206 where the table is append-only; LF4226
    /// where files of that version are gone; LF4227 where another writer changed the table meanwhile. Nothing was
    /// changed then.
    /// </exception>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not written.</exception>
    public async Task<RestoreResult> RunAsync(
        long version, RestoreOptions options, CancellationToken cancellationToken)
    {
        Snapshot current = await table.LoadAsync(cancellationToken);
        Snapshot target = (await table.TryLoadAsync(version, cancellationToken))!;
        Transaction transaction = table.Begin(current, "RESTORE");
        AddFile[] back = [.. target.Files.Where(f => current.FindFile(f.Path) is null)];
        AddFile[] away = [.. current.Files.Where(f => target.FindFile(f.Path) is null)];
        bool metadata = !target.Metadata.Equals(current.Metadata);
        if (back.Length + away.Length == 0 && !metadata)
        {
            return new(version, current.Version, false, 0, 0, 0, 0);
        }

        RequireFiles(version, back);
        if (metadata)
        {
            transaction.SetMetadata(target.Metadata);
        }

        // Whatever another writer commits meanwhile would be undone unseen.
        transaction.Isolation = IsolationLevel.Serializable;
        transaction.ReadWholeTable();
        Array.ForEach(away, f => transaction.Remove(f));
        Array.ForEach(back, f => transaction.Add(f with { DataChange = true }));
        Describe(transaction, target, back, away, options);
        RewindApplications(transaction, target, current, options);
        RecordedInfo? record = await table.FindInfoAsync(MaintenanceRecord.Name, version, cancellationToken);
        transaction.CarryInfo(MaintenanceRecord.Name, record?.Value);
        return await new CommitRetry(clock).CommitAsync(transaction, cancellationToken) switch
        {
            Committed c => new(
                version, c.Version, true, back.Length, back.Sum(f => f.Size), away.Length, away.Sum(f => f.Size)),
            Conflicted conflict => throw Conflict(conflict.Message),
            Retryable retry => throw Conflict(retry.Message),
            CommitResult other => throw new InvalidOperationException($"Unknown commit result {other}."),
        };
    }

    /// <summary>A version that names files which are not there would be worse than none.</summary>
    private void RequireFiles(long version, AddFile[] back)
    {
        string[] missing = [.. back.Where(f => !IsWhole(f)).Select(f => f.Path)];
        if (missing.Length > 0)
        {
            string named = string.Join(", ", missing.Take(NamedMax));
            string more = missing.Length > NamedMax ? $" and {missing.Length - NamedMax} more" : "";
            throw new LandfallException(
                "LF4226",
                $"Version {version} cannot be restored: {missing.Length} of its files are gone or changed, most likely "
                + $"deleted by vacuum: {named}{more}. The table is as it was. Restore a newer version, or the files "
                + "from a backup.");
        }
    }

    private bool IsWhole(AddFile file)
    {
        FileInfo info = new(Path.Combine(tableFolder, file.Path));
        return info.Exists && info.Length == file.Size;
    }

    private static void Describe(
        Transaction transaction, Snapshot target, AddFile[] back, AddFile[] away, RestoreOptions options)
    {
        transaction.SetParameter("version", target.Version.ToString(CultureInfo.InvariantCulture));
        if (options.Timestamp is { } at)
        {
            transaction.SetParameter("timestamp", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }

        transaction.SetMetric("tableSizeAfterRestore", target.Files.Sum(f => f.Size));
        transaction.SetMetric("numOfFilesAfterRestore", target.Files.Length);
        transaction.SetMetric("numRemovedFiles", away.Length);
        transaction.SetMetric("numRestoredFiles", back.Length);
        transaction.SetMetric("removedFilesSize", away.Sum(f => f.Size));
        transaction.SetMetric("restoredFilesSize", back.Sum(f => f.Size));
    }

    private static void RewindApplications(
        Transaction transaction, Snapshot target, Snapshot current, RestoreOptions options)
    {
        foreach (AppTransaction app in current.Transactions.Where(t => options.Rewinds(t.AppId)))
        {
            transaction.SetTransaction(app.AppId, Math.Max(0, target.TransactionVersion(app.AppId)));
        }
    }

    private static LandfallException Conflict(string message) => new(
        "LF4227",
        $"The restore lost against another writer: {message} The table is as the other writer left it. Look at its "
        + "history, then restore again.");
}
