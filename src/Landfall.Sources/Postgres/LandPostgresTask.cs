using System.Globalization;
using System.Security.Cryptography;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Sources.Postgres;

/// <summary>
/// Reads the tables of a database in one snapshot and writes those that changed to raw, in a worker. What cannot be
/// read is left out. The files are durable when it ends; the batch exists once the orchestrator registers it.
/// </summary>
/// <param name="staging">Compares and writes rows.</param>
internal sealed class LandPostgresTask(ITextStaging staging)
    : JsonTask<LandPostgresPayload, LandPostgresResult>(LandPostgresTask.TaskKind, IngestJson.Default)
{
    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "land-postgres";

    private const string PartName = "part-00000.parquet";

    /// <inheritdoc/>
    protected override async Task<LandPostgresResult> RunAsync(
        LandPostgresPayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        string[] folders = [.. request.Tables.Select(t => FolderOf(request, t))];
        using ITextStage stage = staging.Open(context, folders);
        Dictionary<string, LeftOut> leftOut = [];
        LandPostgresResult? result;
        do
        {
            result = await TryAllAsync(request, leftOut, stage, context, cancellationToken);
        }
        while (result is null);
        return result;
    }

    /// <summary>
    /// Reads what is not left out yet. Null where leaving one more out ended the transaction: the others have to be
    /// read again, in a snapshot that they share.
    /// </summary>
    private static async Task<LandPostgresResult?> TryAllAsync(
        LandPostgresPayload request, Dictionary<string, LeftOut> leftOut, ITextStage stage, WorkerContext context,
        CancellationToken cancellationToken)
    {
        await using PostgresReader reader = await PostgresReader.OpenAsync(request, context, cancellationToken);
        foreach (PostgresTable table in request.Tables.Where(t => !leftOut.ContainsKey(t.Table)))
        {
            await TryAsync(table, leftOut, () => reader.LockAsync(table.Relation, cancellationToken));
            if (!reader.GoesOn)
            {
                return null;
            }
        }

        DateTimeOffset time = await reader.TimeAsync(cancellationToken);
        List<PostgresRead> changed = [];
        List<string> warnings = [];
        foreach (PostgresTable table in request.Tables.Where(t => !leftOut.ContainsKey(t.Table)))
        {
            await TryAsync(table, leftOut, async () =>
            {
                PostgresRead? read = await reader.TryAsync(
                    () => ReadAsync(request, table, reader, stage, warnings, context, cancellationToken),
                    cancellationToken);
                changed.AddRange(read is null ? [] : [read]);
            });
            if (!reader.GoesOn)
            {
                changed.ForEach(r => File.Delete(Path.Combine(request.UnitFolder, r.Path)));
                return null;
            }
        }

        return new()
        {
            Tables = [.. changed],
            Time = UnixMicros.Of(time),
            LeftOut = [.. request.Tables.Where(t => leftOut.ContainsKey(t.Table)).Select(t => leftOut[t.Table])],
            Warnings = [.. warnings],
        };
    }

    private static async Task TryAsync(PostgresTable table, Dictionary<string, LeftOut> leftOut, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (BadRelationException problem)
        {
            leftOut[table.Table] = new($"{table.Table} from {table.Relation}", problem.Code, problem.Message);
        }
    }

    /// <summary>Null where what was read is what reading last time would give again.</summary>
    private static async Task<PostgresRead?> ReadAsync(
        LandPostgresPayload land, PostgresTable table, PostgresReader reader, ITextStage stage, List<string> warnings,
        WorkerContext context, CancellationToken cancellationToken)
    {
        PostgresRelation relation = await reader.LookAsync(table.Relation, cancellationToken);
        PostgresCursor? cursor = PostgresCursor.Of(table, relation.Columns);
        if (cursor is not null && table.LastCursor is { } last && !cursor.CanBe(last))
        {
            table = table with { LastCursor = null, LastState = null };
        }

        string? condition = cursor is not null && table.LastCursor is not null ? cursor.ForPostgres(table.LastCursor)
            : null;
        await using CopyParts parts = new(Path.Combine(context.ScratchFolder, table.Table));
        await reader.CopyAsync(
            table.Relation, relation.Columns, table.Arrays, condition, parts,
            () => context.Report(parts.Rows, parts.Bytes, 0), cancellationToken);
        if (relation.HidesRows)
        {
            warnings.Add($"row level security of {table.Relation} hides rows from the source's user: {table.Table} "
                + "has those that its policies show");
        }

        try
        {
            return await StageAsync(land, table, cursor, parts.ToText(relation.Columns), stage, cancellationToken);
        }
        catch (StagedMemoryException problem)
        {
            File.Delete(TargetOf(land, table));
            throw new BadRelationException(
                IngestCodes.RowsNeedMemory,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"its rows need more memory than the pool's {context.MemoryBytes >> 20} MiB; give the pool more"),
                problem);
        }
    }

    private static async Task<PostgresRead?> StageAsync(
        LandPostgresPayload land, PostgresTable table, PostgresCursor? cursor, StagedText copied, ITextStage stage,
        CancellationToken cancellationToken)
    {
        string state = stage.StateOf(copied, null, cancellationToken);
        if (state == table.LastState)
        {
            return null;
        }

        string? greatest = cursor is null ? null
            : stage.Greatest(copied, cursor.Name, table.LastCursor, cancellationToken);
        string next = cursor is null || greatest is null ? state
            : stage.StateOf(copied, cursor.From(greatest), cancellationToken);
        string target = TargetOf(land, table);
        Directory.CreateDirectory(FolderOf(land, table));
        long rows = stage.Write(copied, target, cancellationToken);
        PosixCalls.FSyncFolder(FolderOf(land, table));
        await using FileStream written = File.OpenRead(target);
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken));
        return new(table.Table, PathOf(land, table), written.Length, hash, rows, greatest, next);
    }

    private static string FolderOf(LandPostgresPayload land, PostgresTable table) =>
        Path.Combine(land.UnitFolder, RawPaths.BatchFolder(table.Table, land.Batch));

    private static string PathOf(LandPostgresPayload land, PostgresTable table) =>
        RawPaths.Of(table.Table, land.Batch, PartName);

    private static string TargetOf(LandPostgresPayload land, PostgresTable table) =>
        Path.Combine(land.UnitFolder, PathOf(land, table));
}
