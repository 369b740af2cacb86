using System.Globalization;
using System.IO.Enumeration;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Delta.Maintenance;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.Maintenance;

/// <summary>
/// Deletes files under a table's folder that no version within the retention names: those that were removed from the
/// table, and those that writers left behind. Never a file of the newest version, never one outside the folder. A kill
/// in between leaves the rest for the next time.
/// </summary>
/// <param name="tableFolder">Absolute path of the table.</param>
/// <param name="table">The table; of the protocol that we write.</param>
/// <param name="clock">Time.</param>
/// <param name="calls">Calls to make; those of the operating system by default.</param>
public sealed class TableVacuum(
    string tableFolder, DeltaTable table, TimeProvider clock, IStorageCalls? calls = null)
{
    private static readonly TimeSpan WritersNeed = TimeSpan.FromDays(1);

    /// <summary>Commits close together are dated a little ahead, a millisecond each.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    private readonly IStorageCalls _calls = calls ?? PosixStorageCalls.Instance;

    private readonly string _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(tableFolder));

    /// <summary>What would be deleted. Changes nothing.</summary>
    /// <exception cref="LandfallException">
    /// LF4207 where there is no table; LF4223 where the clock is earlier than the last commit; LF4224 where the
    /// retention is too short; LF4225 where the table's own retention is not understood.
    /// </exception>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not written.</exception>
    public async Task<VacuumPlan> PlanAsync(VacuumOptions options, CancellationToken cancellationToken)
    {
        Snapshot snapshot = await table.LoadAsync(cancellationToken);
        _ = table.Begin(snapshot, "VACUUM START");
        DateTimeOffset now = clock.GetUtcNow();
        if (snapshot.Timestamp > now + ClockTolerance)
        {
            throw new LandfallException(
                "LF4223",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The clock says {now:u}, which is before the table's last commit at {snapshot.Timestamp:u}, so ")
                + "that nobody can say how old its files are. Nothing was deleted. Set the clock, then run again.");
        }

        TimeSpan retention = RetentionOf(snapshot, options);
        DateTimeOffset cutoff = now - retention;
        if (!options.WritersExcluded && cutoff > now - WritersNeed)
        {
            cutoff = now - WritersNeed;
        }

        VacuumRules rules = new(snapshot, _folder, cutoff);
        List<VacuumFile> files = [];
        List<string> empty = [];
        Walk("", rules, cutoff, files, empty, cancellationToken);
        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new(snapshot, retention, cutoff, [.. files], [.. empty]);
    }

    /// <summary>Deletes what <see cref="PlanAsync"/> finds; makes no commit where there is nothing.</summary>
    /// <exception cref="StorageException">A file cannot be deleted; run again for the rest.</exception>
    public async Task<VacuumResult> RunAsync(VacuumOptions options, CancellationToken cancellationToken)
    {
        VacuumPlan plan = await PlanAsync(options, cancellationToken);
        if (plan.IsEmpty)
        {
            return new(plan.Snapshot.Version, 0, 0, 0);
        }

        Snapshot started = await CommitAsync(plan.Snapshot, t => DescribeStart(t, plan, options), cancellationToken);

        // What was committed since the plan was made counts.
        VacuumRules rules = new(started, _folder, plan.Cutoff);
        VacuumFile[] files = [.. plan.Files.Where(f => rules.MayGo(f.Path, f.Modified))];
        foreach (VacuumFile file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _calls.Unlink(Path.Combine(_folder, file.Path));
        }

        int folders = DeleteEmpty(plan.EmptyFolders.Concat(FoldersOf(files)));
        Snapshot ended = await CommitAsync(
            started,
            t =>
            {
                t.SetParameter("status", "COMPLETED");
                t.SetMetric("numDeletedFiles", files.Length);
                t.SetMetric("numVacuumedDirectories", folders);
            },
            cancellationToken,
            "VACUUM END");
        return new(ended.Version, files.Length, files.Sum(f => f.Bytes), folders);
    }

    private static TimeSpan RetentionOf(Snapshot snapshot, VacuumOptions options)
    {
        TimeSpan? promised = TableRetention.DeletedFiles(snapshot.Metadata);
        if (promised is null && options.Retention is null)
        {
            throw new LandfallException(
                "LF4225",
                "The table's delta.deletedFileRetentionDuration is no duration of fixed length. Nothing was deleted. "
                + "Set it to something like 'interval 7 days', or say how long removed files stay.");
        }

        TimeSpan least = promised ?? TableRetention.DefaultDeletedFiles;
        TimeSpan retention = options.Retention ?? least;
        if (retention < least && !options.MayBreakReaders)
        {
            throw new LandfallException(
                "LF4224",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{retention.TotalHours:0.#} hours are less than the {least.TotalHours:0.#} hours for which the ")
                + "table keeps removed files. Queries and runs that read an older version would fail, and what a "
                + "running writer is about to commit would be lost. Nothing was deleted. Take a longer time, or say "
                + "that readers may break.");
        }

        return retention;
    }

    private void Walk(
        string folder, VacuumRules rules, DateTimeOffset cutoff, List<VacuumFile> files, List<string> empty,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool any = false;
        foreach (Entry entry in EntriesOf(Path.Combine(_folder, folder)))
        {
            any = true;
            string path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry.IsLink)
            {
                continue;
            }

            if (!entry.IsFolder)
            {
                if (rules.MayGo(path, entry.Modified))
                {
                    files.Add(new(path, entry.Bytes, entry.Modified));
                }
            }
            else if (VacuumRules.Enters(path) && !Directory.Exists(Path.Combine(_folder, path, "_delta_log")))
            {
                // A folder with a log of its own is another table.
                Walk(path, rules, cutoff, files, empty, cancellationToken);
            }
        }

        if (!any && folder.Length > 0
            && new DirectoryInfo(Path.Combine(_folder, folder)).LastWriteTimeUtc < cutoff.UtcDateTime)
        {
            empty.Add(folder);
        }
    }

    private static IReadOnlyList<Entry> EntriesOf(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<Entry>(
                    folder,
                    (ref FileSystemEntry e) => new(
                        e.FileName.ToString(), e.IsDirectory, e.Attributes.HasFlag(FileAttributes.ReparsePoint),
                        e.IsDirectory ? 0 : e.Length, e.LastWriteTimeUtc),
                    new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            // Another vacuum was faster.
            return [];
        }
        catch (IOException e)
        {
            throw PosixCalls.Failure("list", folder, PosixCalls.ErrorOf(e), e);
        }
    }

    private async Task<Snapshot> CommitAsync(
        Snapshot read, Action<Transaction> describe, CancellationToken cancellationToken,
        string operation = "VACUUM START")
    {
        CommitRetry retry = new(clock);
        for (Snapshot snapshot = read; ; snapshot = await table.LoadAsync(cancellationToken))
        {
            Transaction transaction = table.Begin(snapshot, operation);
            describe(transaction);
            await MaintenanceRecord.CarryAsync(table, transaction, cancellationToken);
            CommitResult ended = await retry.CommitAsync(transaction, cancellationToken);
            if (ended is Committed committed)
            {
                return committed.Snapshot;
            }

            if (!await retry.AgainAsync(ended, cancellationToken))
            {
                throw new LandfallException(
                    "LF4221",
                    "Other writers kept changing the table's schema, so that vacuum could not note what it does in the "
                    + $"table's history. {retry.Obstacle} The table is as they left it. Run again when they are done.");
            }
        }
    }

    private static void DescribeStart(Transaction transaction, VacuumPlan plan, VacuumOptions options)
    {
        long byDefault = (long)(TableRetention.DeletedFiles(plan.Snapshot.Metadata)
            ?? TableRetention.DefaultDeletedFiles).TotalMilliseconds;
        transaction.SetParameter("retentionCheckEnabled", options.MayBreakReaders ? "false" : "true");
        transaction.SetParameter("defaultRetentionMillis", byDefault.ToString(CultureInfo.InvariantCulture));
        if (options.Retention is { } given)
        {
            transaction.SetParameter(
                "specifiedRetentionMillis", ((long)given.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        }

        transaction.SetMetric("numFilesToDelete", plan.Files.Length);
        transaction.SetMetric("sizeOfDataToDelete", plan.Bytes);
    }

    /// <summary>The folders of files and all folders above them, the deepest first.</summary>
    private static IEnumerable<string> FoldersOf(IEnumerable<VacuumFile> files)
    {
        HashSet<string> folders = new(StringComparer.Ordinal);
        foreach (VacuumFile file in files)
        {
            string path = file.Path;
            while (path.LastIndexOf('/') is > 0 and int at && folders.Add(path[..at]))
            {
                path = path[..at];
            }
        }

        return folders.OrderByDescending(f => f.Length);
    }

    private int DeleteEmpty(IEnumerable<string> folders)
    {
        int deleted = 0;
        foreach (string folder in folders)
        {
            try
            {
                // Not recursive: what is not empty after all stays.
                Directory.Delete(Path.Combine(_folder, folder));
                deleted++;
            }
            catch (IOException)
            {
                // It has files, or is gone: both are fine.
            }
        }

        return deleted;
    }

    private readonly record struct Entry(
        string Name, bool IsFolder, bool IsLink, long Bytes, DateTimeOffset Modified);
}
