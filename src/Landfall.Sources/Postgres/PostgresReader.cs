using System.Collections.Immutable;
using System.Data;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Sql;
using Landfall.Workers;
using Npgsql;

namespace Landfall.Sources.Postgres;

/// <summary>
/// Reads tables of a database in one transaction, repeatable read and read only, so that they fit each other. Values
/// are PostgreSQL's own text. What the server refuses of one relation leaves the others readable.
/// </summary>
internal sealed class PostgresReader : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _place;

    private PostgresReader(NpgsqlConnection connection, string place)
    {
        _connection = connection;
        _place = place;
    }

    /// <summary>Connects and begins the transaction, whose snapshot the first query takes.</summary>
    /// <exception cref="LandfallException">LF4270, LF4272, LF4284.</exception>
    public static async Task<PostgresReader> OpenAsync(
        LandPostgresPayload payload, WorkerContext context, CancellationToken cancellationToken)
    {
        (NpgsqlConnection connection, string place) =
            await PostgresConnect.OpenAsync(payload, context, cancellationToken);
        PostgresReader reader = new(connection, place);
        try
        {
            // Rows are compared and written between copies: the server's patience with idle sessions is for forgotten
            // ones.
            await reader.RunAsync("begin transaction isolation level repeatable read read only", cancellationToken);
            await reader.RunAsync(
                "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; "
                + "set local extra_float_digits = 3; set local bytea_output = 'hex'; set local client_encoding = "
                + "'UTF8'; set local idle_in_transaction_session_timeout = 0",
                cancellationToken);
            return reader;
        }
        catch (NpgsqlException problem)
        {
            await reader.DisposeAsync();
            throw reader.Lost(problem);
        }
    }

    /// <summary>Whether the transaction goes on.</summary>
    public bool GoesOn => _connection.State == ConnectionState.Open;

    /// <summary>
    /// Does what concerns one relation. Where it fails for the relation's sake, the transaction is as it was before, or
    /// does not go on: the client gives the connection up where the server finds something damaged.
    /// </summary>
    /// <exception cref="BadRelationException">The relation cannot be read.</exception>
    /// <exception cref="LandfallException">LF4272: the connection is lost.</exception>
    public async Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("savepoint relation", cancellationToken);
            T result = await work();
            await RunAsync("release savepoint relation", cancellationToken);
            return result;
        }
        catch (NpgsqlException problem)
        {
            throw problem is PostgresException { InvariantSeverity: "ERROR" } refused
                && (!GoesOn || await RollBackAsync(cancellationToken))
                ? PostgresRefusal.Of(refused)
                : Lost(problem);
        }
        catch (BadRelationException problem)
        {
            if (!await RollBackAsync(cancellationToken))
            {
                throw Lost(problem);
            }

            throw;
        }
    }

    /// <summary>
    /// Keeps a relation as it is until the end. Before the snapshot is taken: a relation that is emptied or rewritten
    /// between the snapshot and its copy would seem to have no rows.
    /// </summary>
    /// <remarks>
    /// What is neither a table nor a view cannot be locked, nor can what the user may read by column alone.
    /// </remarks>
    public async Task LockAsync(string relation, CancellationToken cancellationToken)
    {
        try
        {
            await TryAsync(
                async () =>
                {
                    await RunAsync($"lock table {Quoted(relation)} in access share mode", cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (BadRelationException problem) when (problem.InnerException is PostgresException
            {
                SqlState: PostgresErrorCodes.WrongObjectType or PostgresErrorCodes.InsufficientPrivilege,
            })
        {
            // The copy says what there is to say.
        }
    }

    /// <summary>Time of the transaction's snapshot.</summary>
    /// <exception cref="LandfallException">LF4272.</exception>
    public async Task<DateTimeOffset> TimeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlCommand command = new("select now()", _connection);
            return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
        }
        catch (NpgsqlException problem)
        {
            throw Lost(problem);
        }
    }

    /// <summary>A relation as the server has it.</summary>
    /// <exception cref="BadRelationException">
    /// LF4271 where there is none, LF4283 where raw cannot have its columns.
    /// </exception>
    public async Task<PostgresRelation> LookAsync(string relation, CancellationToken cancellationToken)
    {
        bool hidesRows = await HidesRowsAsync(relation, cancellationToken) ?? throw new BadRelationException(
            IngestCodes.NoRelation,
            "there is no such relation; correct relation: in integration.yaml, where capitals count");
        List<PostgresColumn> columns = await ColumnsAsync(relation, cancellationToken);
        if (columns.Count == 0)
        {
            throw new BadRelationException(IngestCodes.UnfitColumns, "it has no columns; read another relation");
        }

        return columns.GroupBy(c => c.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)
            is not { } same
            ? new([.. columns], hidesRows)
            : throw new BadRelationException(
                IngestCodes.UnfitColumns,
                $"its columns {string.Join(" and ", same.Select(c => c.Name))} differ in capitals alone, which raw "
                + "does not tell apart; read a view that names them otherwise");
    }

    /// <summary>Copies rows as CSV with every value quoted; null is an unquoted <c>\N</c>.</summary>
    /// <param name="relation"><c>schema.table</c>.</param>
    /// <param name="columns">Columns to copy.</param>
    /// <param name="arrays">Those that are arrays in the contract.</param>
    /// <param name="condition">Which rows; null for all.</param>
    /// <param name="parts">Where to write.</param>
    /// <param name="progress">Called often.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    public async Task CopyAsync(
        string relation, IEnumerable<PostgresColumn> columns, ImmutableArray<string> arrays, string? condition,
        CopyParts parts, Action progress, CancellationToken cancellationToken)
    {
        string names = string.Join(", ", columns.Select(c => c.SelectAs(arrays)));
        string where = condition is null ? "" : $" where {condition}";
        string sql = $"copy (select {names} from {Quoted(relation)}{where}) to stdout "
            + "(format csv, force_quote *, null '\\N')";
        using NpgsqlCopyTextReader source = await _connection.BeginTextExportAsync(sql, cancellationToken);
        try
        {
            await parts.WriteAsync(source, progress, cancellationToken);
        }
        catch (BadRelationException)
        {
            // Else the rest would be received first.
            await source.CancelAsync();
            throw;
        }
    }

    /// <summary>Ends the transaction and the connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static string Quoted(string relation)
    {
        RelationName name = RelationName.Parse(relation)!;
        return $"{SqlName.DuckDb(name.Schema)}.{SqlName.DuckDb(name.Name)}";
    }

    /// <summary>Null where there is no such relation.</summary>
    private async Task<bool?> HidesRowsAsync(string relation, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            "select row_security_active(oid) from pg_class where oid = to_regclass($1)", _connection);
        command.Parameters.Add(new() { Value = Quoted(relation) });
        return (bool?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<List<PostgresColumn>> ColumnsAsync(string relation, CancellationToken cancellationToken)
    {
        List<PostgresColumn> columns = [];
        await using NpgsqlCommand command = new(
            """
            select a.attname::text, case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod)
                else format_type(a.atttypid, a.atttypmod) end
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum
            """,
            _connection);
        command.Parameters.Add(new() { Value = Quoted(relation) });
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(new(reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    /// <summary>Whether the transaction goes on: it does not where the server ended it or is gone.</summary>
    private async Task<bool> RollBackAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("rollback to savepoint relation; release savepoint relation", cancellationToken);
            return true;
        }
        catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }

    private LandfallException Lost(Exception problem)
    {
        string state = problem is PostgresException refused ? $" (SQLSTATE {refused.SqlState})" : "";
        return new(
            IngestCodes.ReadFailed,
            $"The connection to {_place} was lost while its tables were read{state}. Nothing of the batch was landed; "
            + "the tables are as they were. When the server is back, run again.",
            problem);
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
