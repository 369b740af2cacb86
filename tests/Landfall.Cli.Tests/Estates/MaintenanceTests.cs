using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary>What maintenance of tables means for runs, through the real program.</summary>
public sealed class MaintenanceTests
{
    private const string Events = "operations.service_telemetry.usage_event";
    private const string Accounts = "billing.revenue_by_service.revenue_by_account_service";

    [Fact]
    public async Task Maintenance_BetweenRuns_ChangesNoResultAndIsRecorded()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 35);
        await home.RunAsync("run");
        await NextDayAsync(home, "run");

        // Joined files change no data: everything stays up to date, and what comes next is built by month.
        JsonNode joined = Rows(await home.RunAsync("optimize", Events, "--format", "json")).Single();
        Assert.Equal("joined", (string?)joined["state"]);
        Assert.True((int)joined["files_removed"]! > (int)joined["files_added"]!);
        Assert.Empty(await PlannedAsync(home));
        string[] commits = home.Commits();
        await home.RunAsync("optimize", Events);
        Assert.Equal(commits, home.Commits());
        await NextDayAsync(home, "run");
        Assert.Equal("incremental", LastBuild(home)["mode"]);
        await home.AssertEqualsTruthAsync();

        await RestoreAndRunAsync(home);
        await VacuumAndRunAsync(home);

        string?[] actions = [.. (await home.QueryAsync(
            "select distinct action from management.platform.audit")).Select(r => r["action"])];
        Assert.All(["optimize", "restore", "vacuum"], a => Assert.Contains(a, actions));
        await AssertRunsWereJoinedAsync(home);
    }

    [Fact]
    public async Task Maintenance_Misuse_IsRefusedAndSaysWhatToDo()
    {
        await using DemoHome home = new();
        Directory.CreateDirectory(home.Folder);

        await RefusesAsync(home, 2, "LF4229", "vacuum");
        await RefusesAsync(home, 2, "LF4229", "optimize", Events, "--all");
        await RefusesAsync(home, 2, "LF4230", "vacuum", Events, "--retain", "week");
        await RefusesAsync(home, 2, "LF4230", "optimize", Events, "--target-size", "0MiB");
        await RefusesAsync(home, 2, "LF4230", "restore", Events);
        await RefusesAsync(home, 2, "LF4904", "optimize", "nowhere");
        await RefusesAsync(home, 1, "LF4228", "restore", "management.platform.audit", "--version", "1");
        await RefusesAsync(home, 1, "LF4228", "restore", Events + "__quarantine", "--version", "1");
        await RefusesAsync(home, 1, "LF4207", "restore", Events, "--version", "1");
        Assert.Equal(0, (await home.TryAsync(null, "vacuum", "--all", "--apply")).ExitCode);
    }

    /// <summary>Restored tables are older than their inputs: plan says so, and a run makes them right again.</summary>
    private static async Task RestoreAndRunAsync(DemoHome home)
    {
        foreach (string table in new[] { Accounts, Events })
        {
            JsonNode restored =
                Rows(await home.RunAsync("restore", table, "--version", "0", "--format", "json")).Single();
            Assert.Equal(0, (int)restored["restored"]!);
        }

        string[] planned = await PlannedAsync(home);
        Assert.Contains(Accounts, planned);
        Assert.Contains(Events, planned);
        await home.RunAsync("run");
        await home.AssertEqualsTruthAsync();
    }

    /// <summary>
    /// Files that a build by month would compare are gone: the build is whole then, and says why. What vacuum deleted
    /// cannot be restored.
    /// </summary>
    private static async Task VacuumAndRunAsync(DemoHome home)
    {
        string[] vacuum = ["vacuum", Events, "--retain", "0h", "--may-break-readers", "--format", "json"];
        await RefusesAsync(home, 1, "LF4224", "vacuum", Events, "--retain", "1h", "--apply");
        await NextDayAsync(home, "run", "--select", "service-telemetry");
        await home.RunAsync("optimize", Events);
        int listed = Rows(await home.RunAsync(vacuum)).Length;
        JsonNode deleted = Rows(await home.RunAsync([.. vacuum, "--apply"])).Single();
        Assert.Equal(listed, (int)deleted["files_deleted"]!);
        Assert.NotEqual(0, listed);

        await home.RunAsync("run");
        Assert.Contains("vacuum deleted them", LastBuild(home)["reason"], StringComparison.Ordinal);
        await home.AssertEqualsTruthAsync();
        await RefusesAsync(home, 1, "LF4226", "restore", Events, "--version", "0");
    }

    /// <summary>What the last commit of the product's table says of itself.</summary>
    private static Dictionary<string, string?> LastBuild(DemoHome home)
    {
        string log = Path.Combine(
            home.Lake, "billing", "curated", "revenue_by_service", "revenue_by_account_service", "_delta_log");
        string last = Directory.GetFiles(log, "*.json").Max(StringComparer.Ordinal)!;
        JsonNode info = JsonNode.Parse(File.ReadLines(last).First())!["commitInfo"]!["landfall"]!;
        return info.AsObject().Where(p => p.Value is JsonValue).ToDictionary(p => p.Key, p => p.Value?.ToString());
    }

    /// <summary>Enough runs were made for the table of runs to be joined by itself; none of its rows is lost.</summary>
    private static async Task AssertRunsWereJoinedAsync(DemoHome home)
    {
        JsonNode[] history = Rows(await home.RunAsync(
            "history", "management.platform.runs", "--limit", "1000", "--format", "json"));
        Assert.Contains(history, c => (string?)c["operation"] == "OPTIMIZE");
        long added = history.Where(c => (string?)c["operation"] == "WRITE").Sum(c => (long)c["rows_added"]!);
        var counted = (await home.QueryAsync("select count(*) as n from management.platform.runs")).Single();
        Assert.Equal(added.ToString(System.Globalization.CultureInfo.InvariantCulture), counted["n"]);
    }

    private static async Task NextDayAsync(DemoHome home, params string[] run)
    {
        await home.RunAsync("demo", "sources", "--days", "1");
        await home.RunAsync(run);
    }

    /// <summary>Steps that would run.</summary>
    private static async Task<string[]> PlannedAsync(DemoHome home) =>
    [
        .. Rows(await home.RunAsync("plan", "--format", "json")).Where(s => (bool)s["run"]!)
            .Select(s => (string)s["step"]!),
    ];

    private static JsonNode[] Rows(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    private static async Task RefusesAsync(DemoHome home, int exit, string code, params string[] arguments)
    {
        CliResult result = await home.TryAsync(null, arguments);
        Assert.True(result.ExitCode == exit, $"{string.Join(' ', arguments)}: {result.ExitCode} {result.Error}");
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }
}
