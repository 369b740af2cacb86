using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Serving.Postgres;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Where a source is comes from secrets: its host and port are held against the egress rules before anything connects,
/// in runs and in plans. The server's own log says who connected.
/// </summary>
public sealed class EgressTests(EgressTests.Server server) : IClassFixture<EgressTests.Server>
{
    private const string Management = "management/zone.yaml";
    private const string Integration = "ops/integrations/books/integration.yaml";
    private const string Audit = "management.platform.audit";

    [Fact]
    public async Task Run_PortFromASecret_ConnectsInsideTheRulesOnly()
    {
        using SmallEstate home = await CreateAsync("ports: [1]", "127.0.0.1", server.Port);
        int before = server.Connections();

        StepOutcome refused = await LandAsync(home);

        Assert.Equal(before, server.Connections());
        Assert.Equal("LF3010", refused.FailureCode);
        Assert.Contains("127.0.0.1:${secret:EGRESS_PORT}", refused.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("The rule database allows port 1.", refused.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Port, refused.FailureMessage, StringComparison.Ordinal);
        string audited = Assert.Single(await home.RowsAsync(Audit));
        Assert.Contains("ops/books", audited, StringComparison.Ordinal);
        Assert.Contains("connect", audited, StringComparison.Ordinal);
        Assert.Contains("refused", audited, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Port, audited, StringComparison.Ordinal);

        home.Change(Management, "ports: [1]", $"ports: [1, {server.Port}]");
        await home.RunWellAsync();

        Assert.True(server.Connections() > before);
        Assert.Equal(["{'id': 1, '_source': public.entry}"], await home.RowsAsync("ops.books.entry"));
        Assert.Single(await home.RowsAsync(Audit));
    }

    [Fact]
    public async Task Plan_PortThatLeftTheRules_ConnectsToNothing()
    {
        using SmallEstate home = await CreateAsync($"ports: [{server.Port}]", "127.0.0.1", server.Port);
        await home.RunWellAsync();
        int before = server.Connections();
        Assert.Equal(ExitCodes.Success, (await home.TryAsync("plan")).ExitCode);
        Assert.True(server.Connections() > before);
        home.Change(Management, $"ports: [{server.Port}]", "ports: [1]");
        before = server.Connections();

        CliResult plan = await home.TryAsync("plan");

        Assert.Equal(before, server.Connections());
        Assert.Contains("LF3010 127.0.0.1:${secret:EGRESS_PORT} is outside", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Port, plan.Output + plan.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fifty-four")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-5432")]
    [InlineData("99999999999999999999")]
    [InlineData("${secret:EGRESS_PORT}")]
    public async Task Run_SecretThatIsNoPort_IsRefusedWithoutItsValue(string port)
    {
        using SmallEstate home = await CreateAsync("ports: []", "127.0.0.1", port);

        StepOutcome refused = await LandAsync(home);

        Assert.Equal("LF3010", refused.FailureCode);
        Assert.Contains("Its port is no number from 1 to 65535.", refused.FailureMessage, StringComparison.Ordinal);
        string message = refused.FailureMessage!
            .Replace("127.0.0.1:${secret:EGRESS_PORT}", "", StringComparison.Ordinal)
            .Replace("from 1 to 65535", "", StringComparison.Ordinal);
        Assert.DoesNotContain(port, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HostFromASecret_ConnectsInsideTheRulesOnly()
    {
        using SmallEstate home = await CreateAsync("ports: []", "127.0.0.1", server.Port);
        home.Change(Integration, "host: 127.0.0.1", "host: \"${secret:EGRESS_HOST}\"");
        int before = server.Connections();
        foreach (string host in (string[])["localhost", "127.0.0.2", "localhost,127.0.0.1", "127.0.0.1,localhost", "*"])
        {
            Put(home, "EGRESS_HOST", host);

            StepOutcome refused = await LandAsync(home);

            Assert.Equal("LF3010", refused.FailureCode);
            Assert.DoesNotContain(host, refused.FailureMessage, StringComparison.Ordinal);
        }

        Assert.Equal(before, server.Connections());
        Put(home, "EGRESS_HOST", "127.0.0.1");
        await home.RunWellAsync();
        Assert.True(server.Connections() > before);
    }

    private static async Task<StepOutcome> LandAsync(SmallEstate home)
    {
        RunSummary summary = await home.RunAsync();
        return summary.Steps.Single(s => s.Step.Kind == StepKind.Land).Outcome;
    }

    private static void Put(SmallEstate home, string name, string value)
    {
        string file = Path.Combine(home.Folder, "secrets", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, value);
    }

    private async Task<SmallEstate> CreateAsync(string ports, string host, string port)
    {
        await server.RunAsync("drop table if exists entry; create table entry as select 1::bigint as id");
        SmallEstate home = new();
        TestManifests.WriteHead(
            home.EstateFolder, egress: $"[{{ name: database, host: 127.0.0.1, {ports} }}]");
        TestManifests.WriteZone(home.EstateFolder, "postgres", "[EGRESS_HOST, EGRESS_PORT, EGRESS_PASSWORD]");
        home.Write(Integration, $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: books
            title: Books
            owner: team
            pool: shared
            source: { type: postgres, host: {{host}}, port: "${secret:EGRESS_PORT}", database: postgres,
                user: postgres, password: "${secret:EGRESS_PASSWORD}" }
            tables:
              - { name: entry, relation: public.entry, mode: snapshot }
            """);
        home.Write("ops/integrations/books/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: books
            version: 1.0.0
            status: active
            schema:
              - name: entry
                properties:
                  - { name: id, physicalType: bigint, required: true }
            """);
        Put(home, "EGRESS_HOST", "nowhere.example");
        Put(home, "EGRESS_PORT", port);
        Put(home, "EGRESS_PASSWORD", server.Password);
        return home;
    }

    /// <summary>A server of its own for these tests, which logs every connection that it receives.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("landfall-egress-");
        private PostgresServer? _running;

        public string Port => _running!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public string Password => _running!.SuperuserPassword;

        private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

        public async ValueTask InitializeAsync()
        {
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
            _running = await EmbeddedPostgres.EnsureStartedAsync(Options);
            await RunAsync("alter system set log_connections = 'on'");
            await RunAsync("select pg_reload_conf()");
            while (Connections() == 0)
            {
                await RunAsync("select 1");
            }
        }

        /// <summary>Connections received so far; each is in the log before it is answered.</summary>
        public int Connections()
        {
            using FileStream log = new(_running!.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(log);
            return reader.ReadToEnd().Split("connection received: ").Length - 1;
        }

        public async Task RunAsync(string sql)
        {
            await using NpgsqlConnection connection = new(_running!.ConnectionString() + ";Pooling=false");
            await connection.OpenAsync();
            await using NpgsqlCommand command = new(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await EmbeddedPostgres.StopAsync(Options);
            _folder.Delete(recursive: true);
        }
    }
}
