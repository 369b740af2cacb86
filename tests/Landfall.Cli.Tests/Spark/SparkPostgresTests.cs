using Landfall.Cli.Tests.Estates;
using Landfall.Serving.Postgres;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Cli.Tests.Spark;

/// <summary>A database lands into tables that Spark derives; DuckDB recomputes the same of what landed.</summary>
[Collection(SparkCollection.Name)]
public sealed class SparkPostgresTests : IAsyncLifetime
{
    private readonly SmallEstate _home = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("landfall-pg-");
    private PostgresServer _server = null!;

    private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        _server = await EmbeddedPostgres.EnsureStartedAsync(Options);
        await ExecuteAsync("""
            create table account as select i::bigint as id, i::smallint as small, 'n ' || i as name,
                i % 2 = 0 as active, i / 3.0::double precision as ratio, (i / 7.0)::numeric(9,2) as money,
                date '2024-01-01' + i as day, timestamptz '2024-01-01 10:00:00.25+01' + i * interval '1 hour' as seen,
                decode('5c00ff', 'hex') as data, gen_random_uuid() as token from generate_series(1, 300) g(i);
            insert into account (id, small) values (301, null), (null, 7)
            """);
        WriteEstate();
        Put("PG_USER", _server.Superuser);
        Put("PG_PASSWORD", _server.SuperuserPassword);
    }

    public async ValueTask DisposeAsync()
    {
        await EmbeddedPostgres.StopAsync(Options);
        _folder.Delete(recursive: true);
        _home.Dispose();
    }

    [SparkFact]
    public async Task Run_OfADatabase_GivesTheRowsThatDuckDbRecomputes()
    {
        SharedSparkServer server = await SharedSparkServer.GetAsync();
        SparkPools.ChangeShared(_home, server.Address, server.Rest);

        AssertDone(await _home.TryAsync("run"));
        await ExecuteAsync("update account set name = 'new', seen = seen + interval '1 year' where id between 5 and 9");
        AssertDone(await _home.TryAsync("run"));
        AssertDone(await _home.TryAsync("verify", "--all"));

        // The rows of each key that came last are those that the database has.
        string[] copy = await RowsAsync("copy");
        Assert.Equal(301, copy.Count(r => r.Length > 0) - 1);
        Assert.Equal(copy, await RowsAsync("account"));
        Assert.NotEmpty(await _home.RowsAsync("ops.inbox.copy__quarantine"));
    }

    private async Task<string[]> RowsAsync(string table)
    {
        CliResult rows = await _home.TryAsync(
            "query", "--format", "csv", $"select * exclude (_batch, _source) from ops.inbox.{table}");
        AssertDone(rows);
        return [.. rows.Output.Split('\n').Order(StringComparer.Ordinal)];
    }

    private static void AssertDone(CliResult result) =>
        Assert.True(result.ExitCode == ExitCodes.Success, result.Output + result.Error);

    private void Put(string name, string value)
    {
        string file = Path.Combine(_home.Folder, "secrets", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, value);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = new(_server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private void WriteEstate()
    {
        const string Columns = """
                properties:
                  - { name: id, physicalType: bigint, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: small, physicalType: int }
                  - { name: name, physicalType: string }
                  - { name: active, physicalType: boolean }
                  - { name: ratio, physicalType: double }
                  - { name: money, physicalType: "decimal(12,3)" }
                  - { name: day, physicalType: date }
                  - { name: seen, physicalType: timestamp }
                  - { name: data, physicalType: binary }
                  - { name: token, physicalType: string }
            """;
        TestManifests.WriteHead(_home.EstateFolder, egress: "[{ name: database, host: 127.0.0.1 }]");
        TestManifests.WriteZone(_home.EstateFolder, "postgres", "[PG_USER, PG_PASSWORD]");
        _home.Write("ops/integrations/inbox/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: In
            owner: team
            pool: shared
            quarantineThreshold: 1
            source: { type: postgres, host: 127.0.0.1, port: {{_server.Port}}, database: postgres,
                user: "${secret:PG_USER}", password: "${secret:PG_PASSWORD}" }
            tables:
              - { name: copy, relation: public.account, mode: snapshot }
              - { name: account, relation: public.account, mode: upsert, cursor: seen, overlap: 1h }
            """);
        _home.Write("ops/integrations/inbox/contract.odcs.yaml", $"""
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: 1.0.0
            status: active
            schema:
              - name: copy
            {Columns}
              - name: account
            {Columns}
            """);
    }
}
