using Landfall.Engine.Running;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>Who has a login, what it reads, and that this follows the estate's files.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly ServedEstate _estate = ServedEstate.Create();

    public async ValueTask InitializeAsync() => await _estate.RunWellAsync();

    public ValueTask DisposeAsync() => _estate.DisposeAsync();

    [Fact]
    public async Task Roles_NameTablesAndClassifications_AndNothingElseIsRead()
    {
        await using NpgsqlConnection analyst = await _estate.ConnectAsync(ServedEstate.Analyst);
        await using NpgsqlConnection carer = await _estate.ConnectAsync(ServedEstate.Carer);

        Assert.Equal(["8"], await ServedEstate.TextsAsync(analyst, "select count(*)::text from report.by_month"));
        Assert.Equal(["a", "b"], await ServedEstate.TextsAsync(analyst, "select code from inbox.item order by 1"));
        Assert.Equal("42501", await RefusalAsync(analyst, "select owner from inbox.item"));
        Assert.Equal("42501", await RefusalAsync(analyst, "select * from inbox.item"));
        Assert.Equal("42501", await RefusalAsync(analyst, "select * from inbox.sale"));
        Assert.Equal(
            ["code", "name"], await ServedEstate.TextsAsync(
                analyst, "select column_name from information_schema.columns where table_name = 'item' order by 1"));
        Assert.Equal(["ann@test.example"], await ServedEstate.TextsAsync(
            carer, "select owner from inbox.item where owner is not null"));
        Assert.Equal("42501", await RefusalAsync(carer, "select * from report.total"));

        // Of other databases nothing but the name.
        await Assert.ThrowsAsync<PostgresException>(() => _estate.ConnectAsync(ServedEstate.Analyst, "postgres"));
    }

    [Fact]
    public async Task Logins_AreGivenChangedAndTakenAway()
    {
        CliResult added = await _estate.Home.TryAsync("user", "add", "portal", "--format", "json");
        Assert.True(added.ExitCode == ExitCodes.Success, added.Error);
        CliResult again = await _estate.Home.TryAsync("user", "add", "portal");
        Assert.Contains("LF4319", again.Error, StringComparison.Ordinal);
        CliResult unknown = await _estate.Home.TryAsync("user", "add", "porta");
        Assert.Contains("LF4318", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean portal?", unknown.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Did you mean ana@test.example?", (await _estate.Home.TryAsync("user", "add", "ana")).Error,
            StringComparison.Ordinal);
        Assert.Matches("portal +true +ops/analyst", (await _estate.Home.TryAsync("user", "list")).Output);

        // Only SCRAM secrets are kept, and no password in any file or log.
        string password = (string)System.Text.Json.Nodes.JsonNode.Parse(added.Output)!["password"]!;
        Assert.All(
            await _estate.TextsAsync("select rolpassword from pg_authid where rolpassword is not null"),
            p => Assert.StartsWith("SCRAM-SHA-256$", p, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_estate.Home.Folder, "*", SearchOption.AllDirectories),
            f => File.ReadAllText(f).Contains(password, StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Success, (await _estate.Home.TryAsync("user", "remove", "portal")).ExitCode);
        Assert.Contains(
            "LF4318", (await _estate.Home.TryAsync("user", "remove", "portal")).Error, StringComparison.Ordinal);
        Assert.Empty(await _estate.TextsAsync("select rolname from pg_roles where rolname = 'portal'"));
    }

    [Fact]
    public async Task Estate_Changed_ChangesWhatLoginsRead()
    {
        await using NpgsqlConnection analyst = await _estate.ConnectAsync(ServedEstate.Analyst);
        _estate.Home.Change(ServedEstate.Zone, "tables: [report, inbox.item]", "tables: [report.total]");
        await _estate.RunWellAsync();
        Assert.Equal("42501", await RefusalAsync(analyst, "select * from report.by_month"));
        Assert.Single(await ServedEstate.TextsAsync(analyst, "select sales::text from report.total"));

        // Out of the group, then out of the estate.
        _estate.Home.Change(ServedEstate.Management, "analysts, members: [ana@test.example, portal]",
            "analysts, members: [portal]");
        await _estate.RunWellAsync();
        Assert.Equal("42501", await RefusalAsync(analyst, "select * from report.total"));
        _estate.Home.Change(ServedEstate.Management, "users: [ana@test.example, ", "users: [");
        await _estate.RunWellAsync();
        Assert.Equal(
            ["false"], await _estate.TextsAsync(
                "select rolcanlogin::text from pg_roles where rolname = 'ana@test.example'"));

        // A role that no manifest has any more.
        _estate.Home.Change(ServedEstate.Zone, "id: analyst, groups", "id: reader, groups");
        RunSummary run = await _estate.RunWellAsync();
        Assert.Contains(
            run.Steps.SelectMany(s => s.Outcome.Warnings),
            w => w.Contains("the role ops/analyst is in no manifest any more", StringComparison.Ordinal));
        Assert.Equal(
            ["ops/carer", "ops/reader"],
            await _estate.TextsAsync("select rolname from pg_roles where rolname like 'ops/%' order by 1"));
    }

    private static async Task<string> RefusalAsync(NpgsqlConnection connection, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => ServedEstate.TextsAsync(connection, sql))).SqlState;
}
