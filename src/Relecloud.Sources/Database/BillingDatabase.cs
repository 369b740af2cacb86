using Npgsql;
using Relecloud.Sources.Billing;
using Relecloud.Sources.Catalogue;

namespace Relecloud.Sources.Database;

/// <summary>The on-premises database, and how many days it holds.</summary>
internal sealed class BillingDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly SourcesState _simulation;
    private readonly ServiceCatalogue _catalogue;

    private BillingDatabase(NpgsqlDataSource source, SourcesState simulation)
    {
        _source = source;
        _simulation = simulation;
        _catalogue = new ServiceCatalogue((ulong)simulation.Seed);
    }

    /// <summary>Days whose rows are there.</summary>
    public int Days { get; private set; }

    /// <summary>Makes database, schemas and reader where they are missing.</summary>
    /// <exception cref="SourcesException">The database holds another simulation.</exception>
    public static async Task<BillingDatabase> OpenAsync(
        string superuser, string readerPassword, SourcesState simulation, CancellationToken cancellationToken)
    {
        await using (NpgsqlDataSource server = NpgsqlDataSource.Create(superuser))
        {
            await MakeReaderAsync(server, readerPassword, cancellationToken);
            await MakeDatabaseAsync(server, cancellationToken);
        }

        NpgsqlConnectionStringBuilder billing = new(superuser) { Database = BillingSchema.Database };
        BillingDatabase database = new(NpgsqlDataSource.Create(billing.ConnectionString), simulation);
        try
        {
            await ExecuteAsync(database._source, BillingSchema.Sql, cancellationToken);
            await database.ReadProgressAsync(cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes changed rows and the number of days in one transaction.</summary>
    public async Task ApplyAsync(Changes changes, int days, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach ((TableCopy table, IReadOnlyCollection<object?[]> rows) in BillingTables.Rows(changes, _catalogue))
        {
            await table.WriteAsync(connection, rows, cancellationToken);
        }

        await using NpgsqlCommand progress = new("update sources.progress set days = $1", connection);
        progress.Parameters.Add(new NpgsqlParameter<int> { TypedValue = days });
        await progress.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Days = days;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task MakeReaderAsync(
        NpgsqlDataSource server, string password, CancellationToken cancellationToken)
    {
        // CREATE ROLE takes no parameters; format() quotes.
        await using NpgsqlCommand statement = server.CreateCommand(
            """
            select format(
                '%s role landfall_reader login nosuperuser nocreatedb nocreaterole noreplication password %L; '
                'alter role landfall_reader set default_transaction_read_only = on',
                case when to_regrole('landfall_reader') is null then 'create' else 'alter' end,
                $1)
            """);
        statement.Parameters.Add(new NpgsqlParameter<string> { TypedValue = password });
        string sql = (string)(await statement.ExecuteScalarAsync(cancellationToken))!;
        await ExecuteAsync(server, sql, cancellationToken);
    }

    private static async Task MakeDatabaseAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand exists = server.CreateCommand(
            "select count(*) from pg_database where datname = 'billing'");
        if (await exists.ExecuteScalarAsync(cancellationToken) is 0L)
        {
            await ExecuteAsync(server, "create database billing", cancellationToken);
        }

        await ExecuteAsync(server, BillingSchema.DatabaseSettings, cancellationToken);
    }

    private async Task ReadProgressAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand insert = _source.CreateCommand(
            "insert into sources.progress (seed, scale, start, days) values ($1, $2, $3, 0) on conflict do nothing");
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _simulation.Seed });
        insert.Parameters.Add(new NpgsqlParameter<double> { TypedValue = _simulation.Scale });
        insert.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = _simulation.Start });
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand query = _source.CreateCommand(
            "select seed, scale, start, days from sources.progress");
        await using NpgsqlDataReader row = await query.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        if ((row.GetInt64(0), row.GetDouble(1), row.GetFieldValue<DateOnly>(2))
            != (_simulation.Seed, _simulation.Scale, _simulation.Start))
        {
            throw new SourcesException(
                "Database billing holds a simulation of another seed, scale or start. It was left as it is. Drop the "
                + "database, or choose another home.");
        }

        Days = row.GetInt32(3);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
