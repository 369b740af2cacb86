using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Derives a table from files in raw: rows typed by the contract, rows that break it quarantined, merged with what the
/// table has. It commits nothing.
/// </summary>
/// <remarks>
/// One pass over the files is the rule. What a pass finds out about files or batches that must not be among the others,
/// or that keys are repeated, makes it read again: without them, or with the records of rows.
/// </remarks>
internal sealed class TableDeriver
{
    private const string FreshStep = "fresh";
    private readonly EnrichRequest _request;
    private readonly WorkerContext _context;
    private readonly DuckDbDatabase _database;
    private readonly List<BadFile> _bad = [];
    private EnrichPlan _plan;
    private ImmutableArray<EnrichFile> _files;
    private BatchCount? _failed;
    private ImmutableArray<DataFile> _failedQuarantine = [];

    private TableDeriver(EnrichRequest request, WorkerContext context, DuckDbDatabase database)
    {
        _request = request;
        _context = context;
        _database = database;
        _files = request.Files;
        _plan = PlanOf(keepsRecords: false);
    }

    /// <summary>Derives a table.</summary>
    /// <exception cref="LandfallException">
    /// LF4261, LF4264, LF4267, LF4269, LF4279, LF4280: a file or a batch that keeps the table as it is.
    /// </exception>
    public static async Task<EnrichResult> EnrichAsync(
        EnrichRequest enrich, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = context.OpenDatabase(
            [enrich.TableFolder, enrich.QuarantineFolder,
                .. enrich.Files.Select(f => Path.GetDirectoryName(f.Path)!).Distinct()],
            [
                Path.Combine(enrich.TableFolder, enrich.StepId), Path.Combine(enrich.QuarantineFolder, enrich.StepId),
                context.ScratchFolder,
            ]);
        using DuckDbConnection connection = database.Connect();
        return await new TableDeriver(enrich, context, database).RunAsync(connection, cancellationToken);
    }

    private async Task<EnrichResult> RunAsync(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        _plan.Sources.Create(connection);
        while (true)
        {
            string folder = _plan.FreshFolder;
            using Derivation derived = await DeriveAsync(cancellationToken);
            if (IsReadable(derived) && TryMerge(derived, connection, cancellationToken) is { } result)
            {
                return result;
            }

            // A copy that cannot be read is no reason to empty the table.
            if (_request.Mode == EnrichMode.Replace && _bad.Count > 0)
            {
                return Unread();
            }

            foreach (DataFile file in derived.Files)
            {
                PosixCalls.Unlink(Path.Combine(folder, file.Path));
            }
        }
    }

    private EnrichPlan PlanOf(bool keepsRecords)
    {
        bool merges = keepsRecords || _request.Mode is EnrichMode.Upsert or EnrichMode.Difference;
        return new(
            _request, merges ? _context.ScratchFolder : _request.TableFolder, merges ? FreshStep : _request.StepId,
            keepsRecords);
    }

    private async Task<Derivation> DeriveAsync(CancellationToken cancellationToken)
    {
        Quarantine quarantine = new(_database.Connect(), UnixMicros.ToTime(_request.Now));
        foreach (long batch in _request.Files.Select(f => f.Batch).Where(b => !(b >= _failed?.Batch)).Distinct())
        {
            quarantine.Count(batch, 0);
        }

        ProgressMeter progress = new(_context, _files.Sum(f => f.Size));
        TextDeriver text = new(_plan, _database, quarantine, progress);
        IReadOnlyList<DataFile> fromText = await text.DeriveAsync(
            [.. _files.Where(f => f.Format != FileFormat.Parquet)], _context.Threads, cancellationToken);
        using DuckDbConnection own = _database.Connect();
        ParquetDeriver parquet = new(_plan, own, quarantine, progress, _context);
        IReadOnlyList<DataFile> fromParquet = parquet.Derive(
            [.. _files.Where(f => f.Format == FileFormat.Parquet)], cancellationToken);
        return new()
        {
            Files = [.. fromText, .. fromParquet],
            Quarantine = quarantine,
            Counts = quarantine.Counts(),
            BadFiles = [.. text.BadFiles.Concat(parquet.BadFiles).OrderBy(b => b.File.Path, StringComparer.Ordinal)],
            UnknownColumns =
                [.. text.UnknownColumns.Concat(parquet.UnknownColumns).Distinct().Order(StringComparer.Ordinal)],
            Present =
            [
                .. text.Present.Concat(parquet.Present).Select(p => (p.Batch, _request.Columns[p.Column].SourceName)),
            ],
        };
    }

    /// <summary>Whether every file can be read; otherwise the next pass leaves out those that cannot.</summary>
    private bool IsReadable(Derivation derived)
    {
        if (derived.BadFiles.Length == 0)
        {
            return true;
        }

        RefuseBad(derived.BadFiles[0]);
        _bad.AddRange(derived.BadFiles);
        _files = WithoutBad(derived.BadFiles);
        return false;
    }

    /// <summary>
    /// Whether few enough rows of every batch are bad; otherwise the next pass ends before the first that is not so.
    /// </summary>
    private bool IsSound(Derivation derived, CancellationToken cancellationToken)
    {
        if (derived.Counts.FirstOrDefault(IsOverThreshold) is not { } failed)
        {
            return true;
        }

        foreach (DataFile file in _failedQuarantine)
        {
            PosixCalls.Unlink(Path.Combine(_request.QuarantineFolder, file.Path));
        }

        _failed = failed;
        _failedQuarantine = derived.Quarantine.Write(
            $"_batch = {failed.Batch}", _request.QuarantineSchema, _request.QuarantineFolder, _request.StepId,
            cancellationToken);
        _files = [.. _files.Where(f => f.Batch < failed.Batch)];
        return false;
    }

    /// <summary>In the place of a bad file the content counts that its path had before, as far as it is read now.
    /// </summary>
    private ImmutableArray<EnrichFile> WithoutBad(ImmutableArray<BadFile> bad)
    {
        HashSet<EnrichFile> left = [.. _bad.Select(b => b.File)];
        IEnumerable<EnrichFile> earlier = bad.Select(b => _request.Superseded.FirstOrDefault(
            f => f.Source == b.File.Source && !left.Contains(f))).OfType<EnrichFile>();
        return [.. _files.Where(f => !left.Contains(f)).Concat(earlier).OrderBy(f => f.Batch)];
    }

    private bool IsOverThreshold(BatchCount count) =>
        count.Bad > count.Rows * _request.Threshold && count.Bad > _request.Accepted.GetValueOrDefault(count.Batch);

    private void RefuseBad(BadFile bad)
    {
        if (!_request.SkipsBadFiles)
        {
            throw EnrichRefusals.Unreadable(_request, bad.File.Source, bad.Problem);
        }
    }

    /// <summary>Null where the files are to be read again: a batch failed, or keys are repeated.</summary>
    private EnrichResult? TryMerge(
        Derivation derived, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        // A source whose new content did not pass, or cannot be read, keeps the rows it has.
        ImmutableArray<string> replaced =
        [
            .. _request.ReplacedSources.Where(s => _files.Any(f => f.Source == s)),
        ];
        Merger merger = new(_plan, connection, derived, replaced);
        merger.Begin(cancellationToken);
        DuplicateRows duplicates = new(_plan, connection, merger);
        if (_plan.KeepsRecords)
        {
            duplicates.Quarantine(derived.Quarantine, cancellationToken);
            derived = derived with { Counts = derived.Quarantine.Counts() };
        }
        else if (duplicates.Find(cancellationToken) is (ContractKey key, long rows))
        {
            _plan = _request.RefusesDuplicates
                ? throw EnrichRefusals.Duplicates(_request, key, rows)
                : PlanOf(keepsRecords: true);
            return null;
        }

        if (!IsSound(derived, cancellationToken))
        {
            return null;
        }

        new DroppedColumns(_plan, connection, merger, derived).Refuse(cancellationToken);
        return ResultOf(derived, merger, connection, cancellationToken);
    }

    private EnrichResult ResultOf(
        Derivation derived, Merger merger, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        BadFile[] bad = [.. _bad.Where(b => !(b.File.Batch >= _failed?.Batch))];
        foreach (BadFile file in bad)
        {
            derived.Quarantine.AddFile(file.File);
        }

        (ImmutableArray<DataFile> files, ImmutableArray<string> removed) = merger.Finish(cancellationToken);
        (ImmutableArray<DataFile> kept, ImmutableArray<string> stale) =
            ReplacedQuarantine.Rewrite(_request, connection, merger.Replaced, cancellationToken);
        return new()
        {
            Files = files,
            Removed = removed,
            Quarantine =
            [
                .. derived.Quarantine.Write(
                    "true", _request.QuarantineSchema, _request.QuarantineFolder, _request.StepId, cancellationToken),
                .. kept,
            ],
            QuarantineRemoved = stale,
            Batches = derived.Counts,
            Failed = _failed,
            FailedQuarantine = _failedQuarantine,
            UnknownColumns = derived.UnknownColumns,
            AbsentColumns = [.. Absent(derived)],
            BadFiles = [.. bad.Select(Named)],
        };
    }

    private EnrichResult Unread() => new()
    {
        Files = [],
        Removed = [],
        Quarantine = [],
        QuarantineRemoved = [],
        Batches = [],
        Failed = null,
        FailedQuarantine = [],
        UnknownColumns = [],
        BadFiles = [.. _bad.Select(Named)],
    };

    private static UnreadableFile Named(BadFile bad) => new(bad.File.Source, bad.Problem);

    /// <summary>Columns that the newest batch with rows lacks.</summary>
    private IEnumerable<string> Absent(Derivation derived) =>
        derived.Counts.LastOrDefault(c => c.Rows > 0) is { } newest
            ? _request.Columns.Where(c => derived.Lacks(newest.Batch, c)).Select(c => c.SourceName)
            : [];
}
