using Landfall.Serving.Postgres;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>A server of the operator's own, whose role is no superuser.</summary>
public sealed class ExternalServerTests : IAsyncLifetime
{
    private const string Password = "n0t-in-any-file";
    private readonly ServedEstate _estate = ServedEstate.Create();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("landfall-pg-");
    private PostgresServer _server = null!;

    private PostgresOptions Options => new() { DataFolder = Path.Combine(_folder.FullName, "postgres") };

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
        _server = await EmbeddedPostgres.EnsureStartedAsync(Options);
        await ExecuteAsync($"create role landfall login createdb createrole password '{Password}'");
        _estate.Home.Change(
            "estate.yaml", "local: { lake: lake,", "local: { lake: lake, postgres: { host: 127.0.0.1, "
                + $"port: {_server.Port}, user: landfall, password: \"${{secret:PG_SERVING}}\" }},");
        string secrets = Path.Combine(_estate.Home.Folder, "secrets");
        Directory.CreateDirectory(secrets);
        await File.WriteAllTextAsync(Path.Combine(secrets, "PG_SERVING"), Password);
    }

    public async ValueTask DisposeAsync()
    {
        await EmbeddedPostgres.StopAsync(Options);
        _folder.Delete(recursive: true);
        await _estate.DisposeAsync();
    }

    [Fact]
    public async Task Server_OfTheTarget_IsPublishedToWhereTheRulesAllowIt()
    {
        CliResult refused = await _estate.Home.TryAsync("run");
        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains("LF3010", refused.Error, StringComparison.Ordinal);
        Assert.Empty(await TextsAsync("postgres", "select datname from pg_database where datname = 'ops'"));

        _estate.Home.Change(
            ServedEstate.Management, "identities:", "egress: [{ name: serving, host: 127.0.0.1 }]\nidentities:");
        CliResult run = await _estate.Home.TryAsync("run");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Error);
        Assert.Contains("only a superuser can take that from them", run.Error, StringComparison.Ordinal);
        Assert.Equal(["40"], await TextsAsync("ops", "select sales::text from report.total"));

        CliResult login = await _estate.Home.TryAsync("user", "password", ServedEstate.Analyst, "--quiet");
        Assert.True(login.ExitCode == ExitCodes.Success, login.Error);
        await using NpgsqlConnection analyst = new(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = _server.Port, Database = "ops", Username = ServedEstate.Analyst,
            Password = login.Output.Trim(), SslMode = SslMode.Disable, Pooling = false,
        }.ConnectionString);
        await analyst.OpenAsync();
        Assert.Equal(["40"], await ServedEstate.TextsAsync(analyst, "select sales::text from report.total"));
        Assert.Equal(
            "42501",
            (await Assert.ThrowsAsync<PostgresException>(
                () => ServedEstate.TextsAsync(analyst, "select * from inbox.sale"))).SqlState);

        CliResult again = await _estate.Home.TryAsync("run");
        Assert.Contains("Everything is up to date", again.Output, StringComparison.Ordinal);
        CliResult plan = await _estate.Home.TryAsync("plan");
        Assert.Contains("Everything is up to date", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_estate.Home.Folder, "*", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(f) != "PG_SERVING"),
            f => File.ReadAllText(f).Contains(Password, StringComparison.Ordinal));
    }

    /// <summary>A database that somebody else made is left as it is.</summary>
    [Fact]
    public async Task Database_OfSomebodyElse_IsLeftAsItIs()
    {
        await ExecuteAsync("create database ops");
        _estate.Home.Change(
            ServedEstate.Management, "identities:", "egress: [{ name: serving, host: 127.0.0.1 }]\nidentities:");

        CliResult run = await _estate.Home.TryAsync("run");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("LF4315", run.Error, StringComparison.Ordinal);
        Assert.Equal(["public"], await TextsAsync(
            "ops", "select nspname from pg_namespace where nspname !~ '^(pg_|information_schema)'"));
    }

    [Fact]
    public async Task Server_ThatIsDown_IsSaidAndHarmsNoTable()
    {
        await EmbeddedPostgres.StopAsync(Options);
        _estate.Home.Change(
            ServedEstate.Management, "identities:", "egress: [{ name: serving, host: 127.0.0.1 }]\nidentities:");

        CliResult run = await _estate.Home.TryAsync("run");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("LF4310", run.Error, StringComparison.Ordinal);
        Assert.Single(await _estate.Home.RowsAsync("ops.report.total"));
        Assert.DoesNotContain(Password, run.Error + run.Output, StringComparison.Ordinal);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlConnection connection = new(_server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await ServedEstate.ExecuteAsync(connection, sql);
    }

    private async Task<string[]> TextsAsync(string database, string sql)
    {
        await using NpgsqlConnection connection = new(_server.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        return await ServedEstate.TextsAsync(connection, sql);
    }
}
