using System.Text;
using Landfall.Serving.Postgres;
using Npgsql;
using Relecloud.Application;

namespace Relecloud.Sources.Tests;

/// <summary>A PostgreSQL server for the tests of a class, and what a simulation left in it.</summary>
public sealed class BillingServer : IAsyncLifetime
{
    public const string ReaderPassword = "it's a 'reader'";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relecloud-");
    private PostgresServer? _server;

    private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

    public string Superuser => _server!.ConnectionString();

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        _server = await EmbeddedPostgres.EnsureStartedAsync(Options);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await EmbeddedPostgres.StopAsync(Options);
        _folder.Delete(recursive: true);
    }

    /// <summary>A folder for a simulation; the database is that of the last one until it is dropped.</summary>
    public string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(_folder.FullName, Guid.NewGuid().ToString("n"))).FullName;

    public async Task DropAsync() => await ExecuteAsync(Superuser, "drop database if exists billing with (force)");

    public RelecloudSimulator Simulator(string folder, double scale, long seed = 7, DateOnly? start = null) => new(
        new SourcesOptions
        {
            Folder = folder,
            SuperuserConnection = Superuser,
            ReaderPassword = ReaderPassword,
            Scale = scale,
            Seed = seed,
            Start = start ?? new DateOnly(2026, 1, 20),
        },
        new RecommenderAdviser(),
        TimeProvider.System);

    public string Reader => new NpgsqlConnectionStringBuilder(Superuser)
    {
        Username = "landfall_reader",
        Password = ReaderPassword,
        Database = "billing",
    }.ConnectionString;

    public async Task<List<object?[]>> ReadAsync(string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(Reader);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<object?[]> rows = [];
        while (await reader.ReadAsync())
        {
            object[] values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add([.. values.Select(v => v is DBNull ? null : v)]);
        }

        return rows;
    }

    /// <summary>Every row of every table as text, in the order of keys.</summary>
    public async Task<string> DumpAsync()
    {
        string[] tables =
        [
            "crm.company", "crm.contact", "crm.address", "crm.location", "crm.salesperson",
            "crm.salesperson_assignment",
            "invoicing.invoice", "invoicing.invoice_line", "invoicing.payment",
        ];
        StringBuilder text = new();
        foreach (string table in tables)
        {
            foreach (object?[] row in await ReadAsync($"select t::text from {table} as t order by 1"))
            {
                text.Append(table).Append(' ').Append(row[0]).Append('\n');
            }
        }

        return text.ToString();
    }

    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
