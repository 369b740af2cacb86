using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Maintenance;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Columnar;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Types;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>
/// Derives a table from files in raw on Spark: rows typed by the contract, rows that break it quarantined, merged with
/// what the table has. It commits nothing.
/// </summary>
/// <remarks>
/// Files are read once into a stage below the step's folder; counts, keys and merging read that. What the files' heads
/// tell is read here: Spark's readers tell neither places nor marks nor what ends lines.
/// </remarks>
internal sealed class SparkTableDeriver
{
    private static readonly Version OldestText = new(4, 0);
    private static readonly Version OldestZstd = new(4, 1);

    private readonly SparkPlan _plan;
    private readonly EnrichRequest _request;
    private readonly WorkerContext _context;
    private readonly SparkSession _session;
    private readonly ISparkOutput _output;
    private readonly IParquetIo _footers;
    private readonly EnrichFolder _folder;
    private readonly TextScan _texts;
    private readonly ParquetScan _parquet;
    private readonly SparkStage _stage;
    private readonly SparkQuarantine _quarantine;
    private readonly List<BadFile> _bad = [];
    private ImmutableArray<EnrichFile> _files;
    private ImmutableArray<TextHead>? _heads;
    private bool _keepsRecords;
    private BatchCount? _failed;
    private ImmutableArray<DataFile> _failedQuarantine = [];

    private SparkTableDeriver(
        EnrichRequest request, WorkerContext context, SparkSession session, ISparkOutput output, IParquetIo footers,
        EnrichFolder folder)
    {
        (_request, _context, _session, _output, _footers, _folder) =
            (request, context, session, output, footers, folder);
        _plan = new(request);
        _texts = new(session, request, _plan.Rules, folder);
        _parquet = new(session, request, _plan.Rules, folder);
        _stage = new(_plan, session, folder, context);
        _quarantine = new(request, session, folder, output);
        _files = request.Files;
    }

    /// <summary>Derives a table.</summary>
    /// <param name="request">What is derived.</param>
    /// <param name="context">The worker.</param>
    /// <param name="session">An open session, which is configured for it and used by nothing else meanwhile.</param>
    /// <param name="output">Writes data files.</param>
    /// <param name="footers">Reads footers of landed Parquet.</param>
    /// <param name="cancellationToken">Interrupts what Spark does.</param>
    /// <exception cref="LandfallException">
    /// LF4261, LF4264, LF4267, LF4269, LF4279, LF4280: a file or a batch that keeps the table as it is. LF4340 to
    /// LF4344: what Spark does not read as DuckDB does.
    /// </exception>
    public static async Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, SparkSession session, ISparkOutput output,
        IParquetIo footers, CancellationToken cancellationToken)
    {
        using EnrichFolder folder = new(
            session, Path.Combine(request.TableFolder, request.StepId, StagingFolder.NewName()));
        return await new SparkTableDeriver(request, context, session, output, footers, folder)
            .RunAsync(cancellationToken);
    }

    private async Task<EnrichResult> RunAsync(CancellationToken cancellationToken)
    {
        RefuseUnread();
        await ConfigureAsync(cancellationToken);
        bool keepsRecords = false;
        while (await TryStageAsync(cancellationToken))
        {
            while (keepsRecords == _keepsRecords)
            {
                if (await TryMergeAsync(cancellationToken) is { } result)
                {
                    return result;
                }
            }

            keepsRecords = _keepsRecords;
        }

        // A copy that cannot be read is no reason to empty the table.
        return Unread();
    }

    /// <summary>
    /// Reads all files that can be read into the stage; false for a copy that has one that cannot. Of Parquet, what is
    /// wrong with pages shows only here.
    /// </summary>
    private async Task<bool> TryStageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ImmutableArray<TextHead> heads = _heads ?? await ReadHeadsAsync(cancellationToken);
            if (_request.Mode == EnrichMode.Replace && _bad.Count > 0)
            {
                return false;
            }

            try
            {
                await _stage.ReadAsync(heads, _texts, _parquet, _keepsRecords, cancellationToken);
                _heads = heads;
                return true;
            }
            catch (SparkException e) when (ParquetScan.IsOfFile(e))
            {
                ImmutableArray<TextHead> broken = await _parquet.FindBrokenAsync(heads, cancellationToken);
                if (broken.IsEmpty)
                {
                    throw;
                }

                LeaveOut(broken.Select(BadFileOf));
                _heads = null;
            }
        }
    }

    /// <summary>What would not come out as it does on DuckDB is not begun.</summary>
    private void RefuseUnread()
    {
        string? what = _plan.Rules.FirstOrDefault(r => r.Type.Kind is TypeKind.Array or TypeKind.Struct) is { } nested
            ? $"columns of the type {nested.Type}"
            : _request.Files.Any(f => f.Path.Contains(':')) ? "files with a colon in their names"
            : null;
        if (what is not null)
        {
            throw EnrichCodes.NotReadBySpark(_request, what);
        }

        Version version = Version.TryParse(_session.Version.Split('-')[0], out Version? found) ? found : new(0, 0);
        bool zstd = _request.Files.Any(f => f.Path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase));
        Version oldest = zstd ? OldestZstd : OldestText;
        if (version < oldest)
        {
            throw new LandfallException(
                EnrichCodes.Version,
                $"{_request.Table}: Spark {_session.Version} does not read {(zstd ? "zstd files" : "texts")} as they "
                + $"must be read; Spark {oldest} and later do. Nothing was read or committed; what was landed stays in "
                + "raw. Use a newer Spark, or name a pool with engine: duckdb for this integration, then run again.");
        }
    }

    private async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        await _session.ConfigureAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["spark.sql.ansi.enabled"] = "true",
                ["spark.sql.session.timeZone"] = "UTC",
                ["spark.sql.parser.escapedStringLiterals"] = "true",
                ["spark.sql.parquet.outputTimestampType"] = "TIMESTAMP_MICROS",
                ["spark.sql.parquet.datetimeRebaseModeInRead"] = "CORRECTED",
                ["spark.sql.parquet.datetimeRebaseModeInWrite"] = "CORRECTED",

                // A file that is missing or damaged is an error.
                ["spark.sql.files.ignoreCorruptFiles"] = "false",
                ["spark.sql.files.ignoreMissingFiles"] = "false",
            },
            cancellationToken);
        string zone = _request.TimeZone;
        if (zone.Length > 0
            && (await _session.QueryAsync($"select {Zones.IsKnown(SparkSql.Text(zone))}", cancellationToken))
                .Rows[0][0] is false)
        {
            throw new LandfallException(
                EnrichCodes.Zone,
                $"{_request.Table}: the Java that Spark runs on does not know the sourceTimeZone {zone}. Nothing was "
                + "read or committed; what was landed stays in raw. Write another name of the zone, use a newer Java, "
                + "or name a pool with engine: duckdb for this integration, then run again.");
        }
    }

    /// <summary>The heads of all files that can be read; in the place of others what their paths had before.</summary>
    private async Task<ImmutableArray<TextHead>> ReadHeadsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TextHead[] heads = new TextHead[_files.Length];
            await Parallel.ForAsync(
                0, heads.Length,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = _context.Threads,
                    CancellationToken = cancellationToken,
                },
                async (i, token) => heads[i] = _files[i].Format == FileFormat.Parquet
                    ? await ParquetHeads.ReadAsync(_footers, _files[i], token)
                    : TextHeads.Read(_files[i], _request.Delimiter));
            foreach (TextHead head in heads.Where(h => !h.Header.IsEmpty).OrderBy(h => h.File.Format))
            {
                if (head.File.Format == FileFormat.Parquet)
                {
                    _parquet.Refuse(head);
                }
                else
                {
                    RefuseMissing(head);
                }
            }

            ImmutableArray<TextHead> whole = [.. heads.Where(h => h.Problem is null)];
            ImmutableArray<BadFile> bad =
            [
                .. heads.Where(h => h.Problem is not null)
                    .Concat(await _texts.FindBrokenAsync(whole, cancellationToken)).Select(BadFileOf),
            ];
            if (bad.IsEmpty)
            {
                return whole;
            }

            LeaveOut(bad);
            if (_request.Mode == EnrichMode.Replace)
            {
                return [];
            }
        }
    }

    private static BadFile BadFileOf(TextHead head) => new(head.File, head.Problem!);

    private void LeaveOut(IEnumerable<BadFile> files)
    {
        ImmutableArray<BadFile> bad = [.. files.OrderBy(b => b.File.Path, StringComparer.Ordinal)];
        if (!_request.SkipsBadFiles)
        {
            throw EnrichRefusals.Unreadable(_request, bad[0].File.Source, bad[0].Problem);
        }

        _bad.AddRange(bad);
        _files = WithoutBad(bad);
    }

    private void RefuseMissing(TextHead head)
    {
        if (_request.Columns.FirstOrDefault(c => c.Required && !head.Header.Contains(c.SourceName)) is { } missing)
        {
            throw EnrichRefusals.MissingColumn(_request, head.File.Source, missing, head.Header, isHeader: true);
        }
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

    /// <summary>Null where it is to be tried again: a batch failed, or keys are repeated.</summary>
    private async Task<EnrichResult?> TryMergeAsync(CancellationToken cancellationToken)
    {
        // A source whose new content did not pass, or cannot be read, keeps the rows it has.
        ImmutableArray<string> replaced =
        [
            .. _request.ReplacedSources.Where(s => _files.Any(f => f.Source == s && !(f.Batch >= _failed?.Batch))),
        ];
        Derivation derived = await _stage.DeriveAsync(_failed?.Batch, cancellationToken);
        RefuseMixed(derived);
        SparkMerger merger = new(_plan, _session, _output, derived, replaced);
        await merger.BeginAsync(cancellationToken);
        SparkDuplicates duplicates = new(_plan, _session, _folder, merger);
        if (_keepsRecords)
        {
            derived = derived.With(await duplicates.TakeAsync(cancellationToken));
        }
        else if (await duplicates.FindAsync(cancellationToken) is (ContractKey key, long rows))
        {
            _keepsRecords = _request.RefusesDuplicates ? throw EnrichRefusals.Duplicates(_request, key, rows) : true;
            return null;
        }

        if (derived.Counts.FirstOrDefault(IsOverThreshold) is { } failed)
        {
            await FailAsync(failed, cancellationToken);
            return null;
        }

        await new SparkDroppedColumns(_plan, _session, merger, derived).RefuseAsync(cancellationToken);
        return await ResultOfAsync(derived, merger, cancellationToken);
    }

    /// <summary>What the first batch that did not pass leaves in the quarantine; those behind it are not looked at.
    /// </summary>
    private async Task FailAsync(BatchCount failed, CancellationToken cancellationToken)
    {
        foreach (DataFile file in _failedQuarantine)
        {
            PosixCalls.Unlink(Path.Combine(_request.QuarantineFolder, file.Path));
        }

        _failed = failed;
        _failedQuarantine = await _quarantine.WriteAsync(
            $"_batch = {failed.Batch}", _keepsRecords, [], cancellationToken);
    }

    private bool IsOverThreshold(BatchCount count) =>
        count.Bad > count.Rows * _request.Threshold && count.Bad > _request.Accepted.GetValueOrDefault(count.Batch);

    /// <summary>Batches are compared at once, which needs the same columns of all of them.</summary>
    private void RefuseMixed(Derivation derived)
    {
        if (_request.Mode == EnrichMode.Difference && _request.Columns.FirstOrDefault(c => c.IsGone
            && derived.Counts.Any(b => derived.Lacks(b.Batch, c))
            && derived.Present.Any(p => p.SourceName == c.SourceName)) is { } mixed)
        {
            throw new LandfallException(
                EnrichCodes.NotRead,
                $"{_request.Table}: some batches have the column {mixed.SourceName}, which is marked as gone, and some "
                + "do not, and the engine spark does not compare them with each other. Nothing was committed; what "
                + "was landed stays in raw. Name a pool with engine: duckdb for this integration, then run again.");
        }
    }

    private async Task<EnrichResult> ResultOfAsync(
        Derivation derived, SparkMerger merger, CancellationToken cancellationToken)
    {
        ImmutableArray<BadFile> bad = [.. _bad.Where(b => !(b.File.Batch >= _failed?.Batch))];
        (ImmutableArray<DataFile> files, ImmutableArray<string> removed) = await merger.FinishAsync(cancellationToken);
        (ImmutableArray<DataFile> kept, ImmutableArray<string> stale) =
            await _quarantine.RewriteAsync(merger.Replaced, cancellationToken);
        string batches = _failed is null ? "true" : $"_batch < {_failed.Batch}";
        bool broken = !bad.IsEmpty || derived.Counts.Any(c => c.Bad > 0);
        return new()
        {
            Files = files,
            Removed = removed,
            Quarantine =
            [
                .. broken ? await _quarantine.WriteAsync(batches, _keepsRecords, bad, cancellationToken) : [],
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
