using System.Globalization;
using Landfall.Serving.Postgres;
using Npgsql;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Accounts of a database of a random estate's own, landed by key and cursor. They come, move to another region or to
/// none, and change their month of opening.
/// </summary>
internal sealed class RandomAccounts
{
    public const string Secret = "TEST_PASSWORD";
    public const string Egress = "[{ name: database, host: 127.0.0.1 }]";
    private readonly PostgresServer _server;
    private readonly string _database;
    private int _nextId;

    private RandomAccounts(PostgresServer server, string database)
    {
        _server = server;
        _database = database;
    }

    /// <summary>Makes the database with some accounts.</summary>
    public static async Task<RandomAccounts> CreateAsync(PostgresServer server, Random random)
    {
        string database = $"accounts_{Guid.NewGuid():N}";
        await ExecuteAsync(server, "postgres", $"create database {database}");
        RandomAccounts accounts = new(server, database);
        await accounts.ExecuteAsync(
            "create table account (id bigint primary key, region text, opened timestamptz, balance bigint, "
            + "updated_at timestamptz not null)");
        for (int i = 0; i < 6; i++)
        {
            await accounts.AddAsync(random);
        }

        return accounts;
    }

    /// <summary>One random change; says which.</summary>
    public async Task<string> ChangeAsync(Random random)
    {
        if (random.Next(4) == 0)
        {
            return await AddAsync(random);
        }

        int id = random.Next(_nextId);
        string set = random.Next(4) == 0 ? $"balance = {random.Next(100)}, opened = {Opened(random)}"
            : $"region = {Region(random)}";
        await ExecuteAsync($"update account set {set}, updated_at = clock_timestamp() where id = {id}");
        return $"account {id} with {set}";
    }

    /// <summary>Writes the integration that lands them, and the password into the home.</summary>
    public void WriteIntegration(SmallEstate home)
    {
        home.Write("z/integrations/crm/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: crm
            title: CRM
            owner: team
            pool: shared
            source:
              type: postgres
              host: 127.0.0.1
              port: "{{_server.Port.ToString(CultureInfo.InvariantCulture)}}"
              database: {{_database}}
              user: {{_server.Superuser}}
              password: "${secret:{{Secret}}}"
            tables:
              - { name: account, relation: public.account, mode: upsert, cursor: updated_at, overlap: 1h }
            """);
        home.Write("z/integrations/crm/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: crm
            version: 1.0.0
            status: active
            schema:
              - name: account
                properties:
                  - { name: id, physicalType: bigint, required: true, primaryKey: true }
                  - { name: region, logicalType: string }
                  - { name: opened, logicalType: timestamp }
                  - { name: balance, physicalType: bigint }
                  - { name: updated_at, logicalType: timestamp, required: true }
            """);
        WriteSecret(home);
    }

    /// <summary>Writes the password into a home.</summary>
    public void WriteSecret(SmallEstate home)
    {
        string folder = Directory.CreateDirectory(Path.Combine(home.Folder, "secrets")).FullName;
        string file = Path.Combine(folder, Secret);
        File.WriteAllText(file, _server.SuperuserPassword);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<string> AddAsync(Random random)
    {
        int id = _nextId++;
        await ExecuteAsync(
            $"insert into account values ({id}, {Region(random)}, {Opened(random)}, {random.Next(100)}, "
            + "clock_timestamp())");
        return $"account {id} added";
    }

    private static string Region(Random random) => random.Next(6) switch
    {
        0 or 1 => "null",
        2 => "''",
        int region => $"'r{region}'",
    };

    private static string Opened(Random random) =>
        random.Next(3) == 0 ? "null" : $"'2026-0{random.Next(1, 5)}-11 00:00+00'";

    private Task ExecuteAsync(string sql) => ExecuteAsync(_server, _database, sql);

    private static async Task ExecuteAsync(PostgresServer server, string database, string sql)
    {
        await using NpgsqlConnection connection = new(server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
