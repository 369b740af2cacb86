using System.Collections.Immutable;
using System.Security.Cryptography;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Sources.Postgres;

/// <summary>
/// Reads the tables of a database in one snapshot and writes those that changed to raw, in a worker. The files are
/// durable when it ends; the batch exists once the orchestrator registers it.
/// </summary>
/// <param name="staging">Compares and writes rows.</param>
internal sealed class LandPostgresTask(ITextStaging staging)
    : JsonTask<LandPostgresPayload, LandPostgresResult>(
        LandPostgresTask.TaskKind, IngestJson.Default.LandPostgresPayload, IngestJson.Default.LandPostgresResult)
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
        await using PostgresReader reader = await PostgresReader.OpenAsync(request, context.Secrets, cancellationToken);
        DateTimeOffset time = await reader.TimeAsync(cancellationToken);
        var changed = ImmutableArray.CreateBuilder<PostgresRead>();
        long rows = 0;
        foreach (PostgresTable table in request.Tables)
        {
            string csv = Path.Combine(context.ScratchFolder, table.Table + ".csv");
            if (await ReadAsync(request, table, reader, stage, csv, cancellationToken) is { } read)
            {
                changed.Add(read);
                rows += read.Rows;
            }

            File.Delete(csv);
            context.Report(rows, changed.Sum(r => r.Size), 0);
        }

        return new(changed.ToImmutable(), UnixMicros.Of(time));
    }

    /// <summary>Null where what was read is what reading last time would give again.</summary>
    private static async Task<PostgresRead?> ReadAsync(
        LandPostgresPayload land, PostgresTable table, PostgresReader reader, ITextStage stage, string csv,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<PostgresColumn> columns = await reader.ColumnsAsync(table.Relation, cancellationToken);
        PostgresCursor? cursor = PostgresCursor.Of(table, columns);
        if (cursor is not null && table.LastCursor is { } last && !cursor.CanBe(last))
        {
            table = table with { LastCursor = null, LastState = null };
        }

        string? condition = cursor is not null && table.LastCursor is not null ? cursor.ForPostgres(table.LastCursor)
            : null;
        await reader.CopyAsync(table.Relation, columns, table.Arrays, condition, csv, cancellationToken);
        StagedText copied = new(csv, [.. columns.Select(c => c.Staged)]);
        string state = stage.StateOf(copied, null, cancellationToken);
        if (state == table.LastState)
        {
            return null;
        }

        string? greatest = cursor is null ? null
            : stage.Greatest(copied, cursor.Name, table.LastCursor, cancellationToken);
        string next = cursor is null || greatest is null ? state
            : stage.StateOf(copied, cursor.From(greatest), cancellationToken);
        string path = RawPaths.Of(table.Table, land.Batch, PartName);
        string target = Path.Combine(land.UnitFolder, path);
        Directory.CreateDirectory(FolderOf(land, table));
        long rows = stage.Write(copied, target, cancellationToken);
        PosixCalls.FSyncFolder(FolderOf(land, table));
        await using FileStream written = File.OpenRead(target);
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken));
        return new(table.Table, path, written.Length, hash, rows, greatest, next);
    }

    private static string FolderOf(LandPostgresPayload land, PostgresTable table) =>
        Path.Combine(land.UnitFolder, RawPaths.BatchFolder(table.Table, land.Batch));
}
