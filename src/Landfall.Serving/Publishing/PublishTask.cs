using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Estate;
using Landfall.Serving.Servers;
using Landfall.Workers;
using Npgsql;

namespace Landfall.Serving.Publishing;

/// <summary>
/// Publishes a unit in one transaction, in a worker: statements, rows streamed from the lake, statements. Ended at any
/// point, the server takes all of it back.
/// </summary>
/// <param name="export">Reads the lake.</param>
internal sealed class PublishTask(ITableExport export)
    : JsonTask<PublishPayload, PublishResult>(PublishTask.TaskKind, PublishJson.Default)
{
    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "publish-postgres";

    /// <summary>The secret that holds the publisher's password.</summary>
    public const string PasswordSecret = "LANDFALL_PUBLISHER_PASSWORD";

    /// <inheritdoc/>
    protected override async Task<PublishResult> RunAsync(
        PublishPayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        ServerLogin login = new(request.Address, request.User, context.Secrets[PasswordSecret]);
        await using NpgsqlConnection connection = await ServerSession.OpenAsync(
            login, request.Database, context.ScratchFolder, cancellationToken);
        return await PublishFailure.NameAsync(request.Unit, async () =>
        {
            ExportedRows copied = await PublishAsync(connection, request, context, cancellationToken);
            await DropAsync(connection, request.Former, cancellationToken);
            return new PublishResult(copied.Rows, copied.Bytes);
        });
    }

    private async Task<ExportedRows> PublishAsync(
        NpgsqlConnection connection, PublishPayload request, WorkerContext context,
        CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.RunAsync(
            [
                "set local timezone = 'UTC'",
                $"set local {PublicationStore.OwnChanges} = 'on'",
                $"select pg_advisory_xact_lock(hashtextextended({PgSql.Text(request.Unit)}, 0))",
            ],
            cancellationToken);
        await GuardAsync(connection, request, cancellationToken);
        await connection.RunAsync(request.Before, cancellationToken);
        ExportedRows sum = default;
        foreach (PublishedRows rows in request.Tables)
        {
            ExportedRows copied = await CopyAsync(connection, rows, context, sum.Rows, cancellationToken);
            sum = new(sum.Rows + copied.Rows, sum.Bytes + copied.Bytes);
        }

        await connection.RunAsync(request.After, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        // From here on the server decides alone.
        await transaction.CommitAsync(CancellationToken.None);
        return sum;
    }

    private static async Task GuardAsync(
        NpgsqlConnection connection, PublishPayload request, CancellationToken cancellationToken)
    {
        List<object?[]> rows = await connection.RowsAsync(request.Guard, cancellationToken);
        if ((string?)rows[0][0] != request.Expected)
        {
            throw new LandfallException(
                ServingCodes.Overtaken,
                $"Another publication of {request.Unit} came in between. What it published stays. Run again.");
        }
    }

    private async Task<ExportedRows> CopyAsync(
        NpgsqlConnection connection, PublishedRows rows, WorkerContext context, long rowsBefore,
        CancellationToken cancellationToken)
    {
        context.Begin($"the table {rows.Table.Name}");
        await using NpgsqlRawCopyStream stream = await connection.BeginRawBinaryCopyAsync(
            rows.Copy, cancellationToken);
        try
        {
            ExportedRows copied = export.WritePostgresBinary(
                rows.Table, stream, context, rowsBefore, cancellationToken);
            return rows.Rows is not { } expected || expected == copied.Rows ? copied
                : throw new LandfallException(
                    ServingCodes.Refused,
                    $"{rows.Table.Name} has {expected} rows by its log, and {copied.Rows} were read. Nothing was "
                    + "published; what was published before stays. Check the table with: landfall delta check "
                    + rows.Table.Name);
        }
        catch
        {
            await stream.CancelAsync();
            throw;
        }
    }

    /// <summary>
    /// Names are free already; only who began before still reads by the old ones. What is left then, the next
    /// publication drops.
    /// </summary>
    private static async Task DropAsync(
        NpgsqlConnection connection, ImmutableArray<string> schemas, CancellationToken cancellationToken)
    {
        await connection.RunAsync(["set lock_timeout = '2s'"], cancellationToken);
        foreach (string schema in schemas)
        {
            try
            {
                await connection.RunAsync(
                    [$"drop schema if exists {PgSql.Name(schema)} cascade"], cancellationToken);
            }
            catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // Somebody still reads it.
            }
        }
    }
}
