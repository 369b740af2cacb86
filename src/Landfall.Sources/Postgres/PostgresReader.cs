using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Landfall.Engine.Ingest;
using Landfall.Estate.Management;
using Landfall.Estate.Names;
using Landfall.Estate;
using Landfall.Sql;
using Npgsql;

namespace Landfall.Sources.Postgres;

/// <summary>
/// Reads tables of a database in one transaction, repeatable read and read only, so that they fit each other. Values
/// are PostgreSQL's own text.
/// </summary>
internal sealed class PostgresReader : IAsyncDisposable
{
    private const int ConnectSeconds = 15;
    private readonly NpgsqlConnection _connection;
    private readonly string _place;

    private PostgresReader(NpgsqlConnection connection, string place)
    {
        _connection = connection;
        _place = place;
    }

    /// <summary>Connects and begins the transaction.</summary>
    /// <exception cref="LandfallException">LF4270.</exception>
    public static async Task<PostgresReader> OpenAsync(
        LandPostgresPayload payload, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellationToken)
    {
        EgressTarget target = TargetOf(payload, secrets);
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = target.Host,
            Port = target.Port!.Value,
            Database = Resolve(payload.Database, secrets),
            Username = Resolve(payload.User, secrets),
            Password = Resolve(payload.Password, secrets),
            ApplicationName = "landfall",
            Timeout = ConnectSeconds,
            CommandTimeout = 0,
            Pooling = false,
        };
        string place = $"{settings.Database} on {settings.Host}:{settings.Port.ToString(CultureInfo.InvariantCulture)}";
        NpgsqlConnection connection = new(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            PostgresReader reader = new(connection, place);
            await reader.RunAsync("begin transaction isolation level repeatable read read only", cancellationToken);
            await reader.RunAsync(
                "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; "
                + "set local extra_float_digits = 3; set local bytea_output = 'hex'; set local client_encoding = "
                + "'UTF8'",
                cancellationToken);
            return reader;
        }
        catch (NpgsqlException problem)
        {
            await connection.DisposeAsync();
            string state = problem is PostgresException refused ? $" (SQLSTATE {refused.SqlState})" : "";
            throw new LandfallException(
                IngestCodes.NoConnection,
                $"The database {place} does not accept the connection of {settings.Username}{state}. Nothing was "
                + "landed. See that the server runs and that host, port, user and password are right, then run "
                + "again.",
                problem);
        }
    }

    /// <summary>Time of the transaction's snapshot.</summary>
    public async Task<DateTimeOffset> TimeAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("select now()", _connection);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>The columns of a relation in order.</summary>
    /// <exception cref="LandfallException">
    /// LF4271 where there is no such relation, or the user may not see it.
    /// </exception>
    public async Task<IReadOnlyList<PostgresColumn>> ColumnsAsync(string relation, CancellationToken cancellationToken)
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

        return columns.Count > 0 ? columns : throw new LandfallException(
            IngestCodes.NoRelation,
            $"The database {_place} has no relation {relation} that the user may read. Nothing was landed. "
            + "Correct relation: in integration.yaml, or have the user granted SELECT on it.");
    }

    /// <summary>Copies rows as CSV with every value quoted; null is an unquoted <c>\N</c>.</summary>
    /// <param name="relation"><c>schema.table</c>.</param>
    /// <param name="columns">Columns to copy.</param>
    /// <param name="arrays">Those that are arrays in the contract.</param>
    /// <param name="condition">Which rows; null for all.</param>
    /// <param name="file">The file to write.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    /// <exception cref="LandfallException">LF4272.</exception>
    public async Task CopyAsync(
        string relation, IReadOnlyList<PostgresColumn> columns, ImmutableArray<string> arrays, string? condition,
        string file, CancellationToken cancellationToken)
    {
        string names = string.Join(", ", columns.Select(c => c.SelectAs(arrays)));
        string where = condition is null ? "" : $" where {condition}";
        string sql = $"copy (select {names} from {Quoted(relation)}{where}) to stdout "
            + "(format csv, force_quote *, null '\\N')";
        char[] buffer = new char[1 << 16];
        try
        {
            using TextReader source = await _connection.BeginTextExportAsync(sql, cancellationToken);
            await using StreamWriter target = new(file, append: false, new UTF8Encoding(false), buffer.Length);
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (NpgsqlException problem)
        {
            string state = problem is PostgresException refused ? $" (SQLSTATE {refused.SqlState})" : "";
            throw new LandfallException(
                problem is PostgresException { SqlState: "42501" } ? IngestCodes.NoRelation : IngestCodes.ReadFailed,
                $"Reading {relation} of {_place} ended{state}. Nothing of the batch was landed; the tables are as "
                + "they were. See the server's log, then run again.",
                problem);
        }
    }

    /// <summary>Ends the transaction and the connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static string Quoted(string relation) => string.Join('.', relation.Split('.').Select(SqlName.DuckDb));

    /// <summary>What the orchestrator has checked, read the same way: a list of hosts would be more than it.</summary>
    private static EgressTarget TargetOf(LandPostgresPayload payload, IReadOnlyDictionary<string, string> secrets)
    {
        _ = Resolve(payload.Host, secrets);
        _ = Resolve(payload.Port, secrets);
        EgressTarget target = EgressTarget.Of(payload.Host, payload.Port).Resolve(secrets);
        return target.IsReachable ? target : throw new LandfallException(
            IngestCodes.NoConnection,
            $"The source's {target} is not one host and a port from 1 to 65535. Nothing was landed. Correct host and "
            + "port in integration.yaml, or the secrets they name, then run again.");
    }

    private static string Resolve(string text, IReadOnlyDictionary<string, string> secrets) =>
        SecretReferences.Expand(text, secrets) ?? throw new LandfallException(
            IngestCodes.NoConnection,
            $"The pool does not have the secret {SecretReferences.NamesIn(text).First(n => !secrets.ContainsKey(n))} "
            + "that the source needs. Nothing was landed. List it under secrets: of the pool in zone.yaml.");

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(sql, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
