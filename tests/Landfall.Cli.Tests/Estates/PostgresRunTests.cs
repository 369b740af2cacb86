using System.Text;
using System.Text.Json.Nodes;
using Landfall.Serving.Postgres;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Runs over a database by the command line: what is left out, and what is never said.</summary>
public sealed class PostgresRunTests : IAsyncLifetime
{
    private const string Integration = "ops/integrations/inbox/integration.yaml";
    private readonly SmallEstate _home = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("landfall-pg-");
    private PostgresServer _server = null!;

    private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        _server = await EmbeddedPostgres.EnsureStartedAsync(Options);
        await ExecuteAsync("create table sold as select 1::bigint as id");
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

    [Fact]
    public async Task Run_RelationMissing_EndsPartialUntilItIsThere()
    {
        CliResult partial = await _home.TryAsync("run", "--format", "json");
        CliResult again = await _home.TryAsync("run");
        await ExecuteAsync("create table refund as select 2::bigint as id");
        CliResult mended = await _home.TryAsync("run");

        JsonNode run = JsonNode.Parse(partial.Output)!;
        Assert.Equal((ExitCodes.Failure, "partial"), (partial.ExitCode, (string?)run["state"]));
        Assert.Contains(
            "error LF4271: land ops.inbox: refund from public.refund (there is no such relation; correct relation: in "
                + "integration.yaml (SQLSTATE 42P01)) was left out. Everything else landed.",
            partial.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, again.ExitCode);
        Assert.Contains("taking its table out of integration.yaml", again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, mended.ExitCode);
        Assert.Single(await _home.RowsAsync("ops.inbox.sold"));
        Assert.Single(await _home.RowsAsync("ops.inbox.refund"));
    }

    [Fact]
    public async Task Secrets_OfTheSource_AreSaidAndKeptNowhere()
    {
        const string wrong = "wr0ng-Secret/ä";
        CliResult well = await _home.TryAsync("run");
        Put("PG_PASSWORD", wrong);
        CliResult refused = await _home.TryAsync("run");
        Put("PG_USER", "s3cret-user");
        CliResult unknown = await _home.TryAsync("run");

        Assert.All([refused, unknown], r => Assert.Contains("LF4270", r.Error, StringComparison.Ordinal));
        CliResult logs = await _home.TryAsync("logs");
        string said = string.Concat(new[] { well, refused, unknown, logs }.Select(r => r.Output + r.Error));
        foreach (string secret in new[] { wrong, "s3cret-user", _server.SuperuserPassword })
        {
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
            Assert.Empty(FilesWith(secret));
        }

        // The search finds what is there.
        Assert.NotEmpty(FilesWith("LF4270"));
    }

    private IEnumerable<string> FilesWith(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string secrets = Path.Combine(_home.Folder, "secrets");
        return Directory.EnumerateFiles(_home.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(secrets, StringComparison.Ordinal)
                && File.ReadAllBytes(f).AsSpan().IndexOf(bytes) >= 0);
    }

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
        TestManifests.WriteHead(_home.EstateFolder, egress: "[{ name: database, host: 127.0.0.1 }]");
        TestManifests.WriteZone(_home.EstateFolder, "postgres", "[PG_USER, PG_PASSWORD]");
        _home.Write(Integration, $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: In
            owner: team
            pool: shared
            source: { type: postgres, host: 127.0.0.1, port: {{_server.Port}}, database: postgres,
                user: "${secret:PG_USER}", password: "${secret:PG_PASSWORD}" }
            tables:
              - { name: sold, relation: public.sold, mode: snapshot }
              - { name: refund, relation: public.refund, mode: snapshot }
            """);
        _home.Write("ops/integrations/inbox/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: 1.0.0
            status: active
            schema:
              - name: sold
                properties:
                  - { name: id, physicalType: bigint, required: true }
              - name: refund
                properties:
                  - { name: id, physicalType: bigint, required: true }
            """);
    }
}
