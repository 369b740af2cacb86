using System.Runtime.CompilerServices;
using Landfall.Delta;
using Landfall.Delta.Checking;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Checking;

/// <summary>
/// Checks a Delta table of any writer: its log, and every data file of a version against what the log says of it. Reads
/// only; one file at a time.
/// </summary>
/// <param name="tableFolder">Absolute path of the table.</param>
/// <param name="database">An engine instance that may read the folder; bounds the memory.</param>
/// <param name="clock">Time.</param>
public sealed class TableChecker(string tableFolder, DuckDbDatabase database, TimeProvider clock)
{
    private const string LogCode = "LF4238";
    private const string OrphanCode = "LF4239";

    private readonly PosixLogStore _log = new(tableFolder);
    private readonly DuckDbParquetIo _parquet = new(database, tableFolder);

    /// <summary>What is wrong, as it is found; nothing where all is well.</summary>
    /// <exception cref="LandfallException">
    /// LF4207 where there is no table, LF4203 or LF4204 where there is no such version, or no longer.
    /// </exception>
    /// <exception cref="UnsupportedTableException">The table needs a feature that is not known.</exception>
    public async IAsyncEnumerable<CheckFinding> CheckAsync(
        CheckOptions options, IProgress<CheckProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long versions = 0;
        var counter = progress is null ? null
            : new Counter(_ => progress.Report(new(++versions, 0, 0)));
        await foreach (CheckFinding finding in new LogChecker(_log, _parquet).CheckAsync(counter, cancellationToken))
        {
            yield return finding;
        }

        (Snapshot? snapshot, CheckFinding? fault) = await LoadAsync(options.Version, cancellationToken);
        if (snapshot is null)
        {
            yield return fault!;
            yield break;
        }

        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'", cancellationToken);
        var checker = new DataFileChecker(tableFolder, snapshot, connection);
        if (checker.Limit is { } limit)
        {
            yield return limit;
        }

        int done = 0;
        foreach (AddFile file in snapshot.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (CheckFinding finding in checker.Check(file, options.Deep, cancellationToken))
            {
                yield return finding;
            }

            progress?.Report(new(versions, ++done, snapshot.Files.Length));
        }

        foreach (CheckFinding orphan in options.Version is null ? Orphans(snapshot) : [])
        {
            yield return orphan;
        }
    }

    private async Task<(Snapshot? Snapshot, CheckFinding? Fault)> LoadAsync(
        long? version, CancellationToken cancellationToken)
    {
        DeltaTable table = new(_log, _parquet, clock) { LoadsEveryTable = true };
        try
        {
            return (version is null
                ? await table.LoadAsync(cancellationToken)
                : await table.TryLoadAsync(version, cancellationToken) ?? await table.LoadAsync(cancellationToken),
                null);
        }
        catch (CorruptTableException e)
        {
            return (null, new(
                CheckSeverity.Error, LogCode, "_delta_log", e.Message, "The version cannot be read by anybody.",
                "Restore the log from a copy, or check an earlier version with --version."));
        }
    }

    /// <summary>Files that neither the version nor its tombstones name.</summary>
    private IEnumerable<CheckFinding> Orphans(Snapshot snapshot)
    {
        HashSet<string> known =
        [
            .. snapshot.Files.Select(f => f.Path), .. snapshot.Tombstones.Select(t => t.Path),
            .. snapshot.Files.Select(f => f.DeletionVector).Concat(snapshot.Tombstones.Select(t => t.DeletionVector))
                .Select(v => v?.FilePath).OfType<string>(),
        ];
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        foreach (string path in Directory.EnumerateFiles(tableFolder, "*", options))
        {
            string relative = Path.GetRelativePath(tableFolder, path);
            if (!IsHidden(relative) && !known.Contains(relative) && !known.Contains(path))
            {
                yield return new(
                    CheckSeverity.Information, OrphanCode, relative, "no version that the log remembers names it",
                    "A writer is about to commit it, or left it behind; readers do not see it.",
                    "Nothing; vacuum deletes it when it is old enough.");
            }
        }
    }

    /// <summary>The log and other files that are no data; folders of partitions may begin with an underscore.</summary>
    private static bool IsHidden(string relative) => relative.Split('/').Any(
        part => part.StartsWith('.') || (part.StartsWith('_') && !part.Contains('=')));

    private sealed class Counter(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
