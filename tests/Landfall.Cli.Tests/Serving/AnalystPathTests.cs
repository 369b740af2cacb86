using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Cli.Tests.Estates;
using Landfall.Serving.Servers;
using Landfall.Engine.Lakes;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>The README's path: up, a password for an analyst, and the printed lines.</summary>
public sealed class AnalystPathTests : IAsyncLifetime
{
    private const string BusinessAnalyst = "farah@relecloud.example";
    private readonly DemoHome _home = new();
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync() => await _home.MakeSourcesAsync(45);

    public async ValueTask DisposeAsync()
    {
        await _home.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Up_LeavesServersRunning_ThatEachReadsByTheirRoles()
    {
        string up = await _home.RunAsync("up");
        Assert.Contains("Tables are served by PostgreSQL at localhost:", up, StringComparison.Ordinal);
        string models = up.Split("Models are served at ")[1].Split(';')[0];
        using (HttpClient client = new())
        {
            Assert.Contains("openapi", await client.GetStringAsync(
                new Uri(new Uri(models), "endpoints/cloud-service-recommender/swagger.json")),
                StringComparison.Ordinal);
        }

        string password = (await _home.RunAsync("user", "password", BusinessAnalyst, "--quiet")).Trim();
        string connect = await _home.RunAsync(
            "bi", "connect", "recommender-revenue", "--user", BusinessAnalyst, "--out", _folder.Path + "/bi",
            "--format", "json");
        string psql = connect.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)
            .Single(l => (string)l["name"]! == "psql")["text"]!.ToString();
        await AssertPsqlAsync(psql, password);
        Assert.NotEmpty(Directory.GetFiles(_folder.Path + "/bi", "*.pbip"));

        await using (NpgsqlConnection business = await ConnectAsync(BusinessAnalyst, "operations"))
        {
            Assert.Equal(
                ["attributed_revenue", "attribution", "incremental_revenue"], await TablesAsync(business));
        }

        await using (NpgsqlConnection operations = await ConnectAsync("chen@relecloud.example", "operations"))
        {
            Assert.Equal(["account", "service", "usage_by_day"], await TablesAsync(operations));
        }

        await using (NpgsqlConnection billing = await ConnectAsync("emre@relecloud.example", "billing"))
        {
            Assert.Contains("revenue_by_service", await TablesAsync(billing));
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(
                () => ServedEstate.TextsAsync(billing, "select email from customers.contact"))).SqlState);
        }

        await using (NpgsqlConnection finance = await ConnectAsync("gustav@relecloud.example", "billing"))
        {
            Assert.Equal(["revenue_by_account_service", "revenue_by_service"], await TablesAsync(finance));
        }

        await Assert.ThrowsAsync<PostgresException>(() => ConnectAsync("chen@relecloud.example", "billing"));
        await AgreementEndedAsync();
        Assert.Contains("Stopped.", (await _home.TryAsync(null, "down")).Error, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpClient().GetStringAsync(new Uri(models)));
        Assert.Contains("Nothing was running.", (await _home.TryAsync(null, "down")).Error, StringComparison.Ordinal);
    }

    /// <summary>
    /// An agreement that ended stops its consumer alone: the rest goes on, and what the consumer published stays and
    /// says so.
    /// </summary>
    private async Task AgreementEndedAsync()
    {
        string estate = Path.Combine(_folder.Path, "estate");
        EstateCopy.Whole(Path.Combine(Repository.Root, "estates", "relecloud"), estate);
        string agreement = Path.Combine(
            estate, "billing", "agreements", "recommender-revenue-by-service.oaas.yaml");
        string text = await File.ReadAllTextAsync(agreement);
        await File.WriteAllTextAsync(
            agreement, text.Replace("2029-12-31T23:59:59Z", "2026-01-31T00:00:00Z", StringComparison.Ordinal));
        const string Count = "select count(*)::text from recommender_revenue.attribution";
        string[] rows;
        await using (NpgsqlConnection before = await ConnectAsync(BusinessAnalyst, "operations"))
        {
            rows = await ServedEstate.TextsAsync(before, Count);
        }

        await _home.RunAsync("demo", "sources", "--days", "1");

        CliResult plan = await _home.TryAsync(estate, "plan");
        Assert.Equal(ExitCodes.Failure, plan.ExitCode);
        Assert.Contains(
            "refused  build operations.recommender_revenue.attribut", plan.Output, StringComparison.Ordinal);
        Assert.Contains("ended at 2026-01-31T00:00:00Z", plan.Output, StringComparison.Ordinal);
        Assert.Contains("run  build billing.revenue_by_service", plan.Output, StringComparison.Ordinal);

        CliResult run = await _home.TryAsync(estate, "run");
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("LF3004", run.Error, StringComparison.Ordinal);
        Assert.Contains("publish billing.revenue_by_service", run.Error, StringComparison.Ordinal);
        await using NpgsqlConnection business = await ConnectAsync(BusinessAnalyst, "operations");
        Assert.Equal(rows, await ServedEstate.TextsAsync(business, Count));
        Assert.StartsWith("[Not up to date: LF3004", Assert.Single(await ServedEstate.TextsAsync(
            business, "select obj_description('recommender_revenue.incremental_revenue'::regclass)")),
            StringComparison.Ordinal);
    }

    private static async Task AssertPsqlAsync(string line, string password)
    {
        using Process? which = Process.Start("/bin/sh", ["-c", "command -v psql >/dev/null"]);
        await which!.WaitForExitAsync();
        if (which.ExitCode != 0)
        {
            return;
        }

        CliResult answer = await CliProgram.StartAsync(
            Repository.Root, "/bin/sh",
            ["-c", line + " -At -c 'select count(*) from recommender_revenue.attributed_revenue'"],
            new() { ["PGPASSWORD"] = password });
        Assert.True(answer.ExitCode == 0, answer.Error);
        Assert.Matches(@"\A[0-9]+\n\z", answer.Output);
    }

    private static Task<string[]> TablesAsync(NpgsqlConnection connection) => ServedEstate.TextsAsync(
        connection,
        "select table_name from information_schema.tables "
            + "where table_schema not in ('information_schema', 'pg_catalog') order by 1");

    private async Task<NpgsqlConnection> ConnectAsync(string user, string database)
    {
        string password = (await _home.RunAsync("user", "password", user, "--quiet")).Trim();
        EmbeddedSqlServer server = new(new LandfallHome(_home.Folder), TimeProvider.System);
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "localhost", Port = server.Find()!.Port, Database = database, Username = user, Password = password,
            SslMode = SslMode.VerifyFull, RootCertificate = server.Certificates.AuthorityFile, Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
