using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Relecloud from its source systems to revenue by service, through the real program.</summary>
public sealed class RelecloudTests(ITestOutputHelper output)
{
    private const int Kills = 8;

    [Fact]
    public async Task Up_FreshThenAgain_ReconcilesAndThenCommitsNothing()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 70);

        await home.RunAsync("up", "--no-serve");
        await home.AssertEqualsTruthAsync();
        string[] commits = home.Commits();
        await home.RunAsync("up", "--no-serve");

        // The checks above were queries, which are audited; nothing else was committed.
        string[] more =
            [.. home.Commits().Except(commits).Where(c => !c.Contains("/audit/", StringComparison.Ordinal))];
        Assert.Empty(more);
    }

    [Fact]
    public async Task Run_DayByDay_RebuildsOnlyThePlannedMonthsAndEqualsTruth()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 64);
        await home.RunAsync("run");
        foreach (string days in new[] { "1", "1", "5", "30" })
        {
            await home.RunAsync("demo", "sources", "--days", days);
            JsonNode planned = await StepAsync(home, "plan", "billing.revenue_by_service.revenue_by_account_service");
            string[] months = [.. planned["values"]!.AsArray().Select(v => (string)v!)];
            Dictionary<string, string> before = await FilesByMonthAsync(home);
            await home.RunAsync("run");
            Dictionary<string, string> after = await FilesByMonthAsync(home);

            await home.AssertEqualsTruthAsync();
            if (months.Length > 0)
            {
                string[] changed = [.. after.Where(m => before.GetValueOrDefault(m.Key) != m.Value).Select(m => m.Key)];
                Assert.Equal(months.Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal));
            }
            else
            {
                Assert.Contains("whole", (string?)planned["reason"], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Run_KilledAtRandomMoments_EndsWithTheSameTables()
    {
        TestSeed seed = TestSeed.Fresh();
        Random random = seed.Generator();
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 40);
        RunKill killer = new();
        while (killer.Count < Kills)
        {
            using Process run = Start(home, "run");
            int wait = killer.IsAimed ? random.Next(0, 1500) : random.Next(200, 3500);
            await killer.KillAsync(run, home.Lake, TimeSpan.FromMilliseconds(wait));
        }

        using Process stopped = Start(home, "run");

        // The moment of the signal is what is tried.
        await Task.Delay(random.Next(1000, 2500));
        using Process signal = Process.Start("kill", ["-INT", stopped.Id.ToString(CultureInfo.InvariantCulture)]);
        await stopped.WaitForExitAsync();
        Assert.True(stopped.ExitCode is 0 or 130, $"{seed}: stopped with {stopped.ExitCode}");

        await home.RunAsync("run");
        await home.AssertEqualsTruthAsync();
        List<Dictionary<string, string?>> twice = await home.QueryAsync(
            "select _source, count(distinct _batch) as batches from operations.service_telemetry.usage_event "
            + "group by _source having count(distinct _batch) > 1");
        Assert.True(twice.Count == 0, $"{seed}: {twice.Count} files in two batches");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(home.Folder, "scratch")));
        IReadOnlyList<string> disagreements = await LedgerOracle.ViolationsAsync(home);
        Assert.True(disagreements.Count == 0, $"{seed}: {string.Join("; ", disagreements)}");

        (long runs, long intents) = await KilledAsync(home);
        output.WriteLine($"{seed}: {killer}: {runs} are recorded, {intents} steps were in their commit");
        Assert.True(runs >= Kills / 4, $"{seed}: {killer}, {runs} are recorded");
    }

    [Fact]
    public async Task Ledger_LostIntentsAndMeters_AreFound()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 35);
        await home.RunAsync("run");
        Assert.Empty(await LedgerOracle.ViolationsAsync(home));

        foreach (string table in new[] { "runs", "meters" })
        {
            string log = Path.Combine(home.Lake, "management", "curated", "platform", table, "_delta_log");
            foreach (string later in Directory.EnumerateFiles(log)
                .Where(f => !Path.GetFileName(f).StartsWith($"{0:d20}.", StringComparison.Ordinal)))
            {
                File.Delete(later);
            }
        }

        IReadOnlyList<string> found = await LedgerOracle.ViolationsAsync(home);
        Assert.Contains(found, v => v.Contains("without an intent", StringComparison.Ordinal));
        Assert.Contains(found, v => v.Contains("nobody paid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_TwoAtOnce_GiveOneResult()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 35);

        CliResult[] both = await Task.WhenAll(home.TryAsync(null, "run"), home.TryAsync(null, "run"));

        Assert.All(both, r => Assert.True(r.ExitCode == 0, r.Error));
        await home.AssertEqualsTruthAsync();
    }

    [Fact]
    public async Task Run_WithoutBillingThenWithIt_LeavesOperationsAsItWas()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 35);
        string alone = Path.Combine(home.Folder, "estate-alone");
        EstateCopy.WithoutBilling(Path.Combine(Repository.Root, "estates", "relecloud"), alone);

        CliResult validated = await home.TryAsync(alone, "validate");
        CliResult ran = await home.TryAsync(alone, "run");
        Dictionary<string, string?> before = await VersionsAsync(home);
        await home.RunAsync("run");

        Assert.True(validated.ExitCode == 0, validated.Error);
        Assert.True(ran.ExitCode == 0, ran.Error);
        Dictionary<string, string?> after = await VersionsAsync(home);
        Assert.Equal(before, after.Where(t => before.ContainsKey(t.Key)).ToDictionary());
        Assert.All(after.Keys.Except(before.Keys), t => Assert.Contains("recommender_revenue", t));
        await home.AssertEqualsTruthAsync();
    }

    [Fact]
    public async Task Validate_AgreementTakenAway_NamesTheOwnerAndHowToAsk()
    {
        await using DemoHome home = new();
        string estate = Path.Combine(home.Folder, "estate");
        EstateCopy.Whole(Path.Combine(Repository.Root, "estates", "relecloud"), estate);
        File.Delete(Path.Combine(estate, "operations", "agreements", "revenue-by-service-used-quantity.oaas.yaml"));

        CliResult result = await home.TryAsync(estate, "validate");

        Assert.Equal(1, result.ExitCode);
        string all = result.Output + result.Error;
        Assert.Contains("LF3002", all, StringComparison.Ordinal);
        Assert.Contains("operations-team", all, StringComparison.Ordinal);
        Assert.Contains(".oaas.yaml", all, StringComparison.Ordinal);
    }

    /// <summary>Runs that were recorded as interrupted, and their intents that were never recorded as done.</summary>
    private static async Task<(long Runs, long Intents)> KilledAsync(DemoHome home)
    {
        const string runs = "management.platform.runs";
        const string interrupted = $"(select run_id from {runs} where event = 'interrupted')";
        List<Dictionary<string, string?>> rows = await home.QueryAsync(
            $"select (select count(*) from {interrupted} i) as runs, (select count(*) from {runs} r where "
            + $"r.event = 'intent' and r.run_id in {interrupted} and not exists (select 1 from {runs} c where "
            + "c.run_id = r.run_id and c.step = r.step and c.event = 'committed')) as intents");
        return (
            long.Parse(rows[0]["runs"]!, CultureInfo.InvariantCulture),
            long.Parse(rows[0]["intents"]!, CultureInfo.InvariantCulture));
    }

    private static async Task<JsonNode> StepAsync(DemoHome home, string command, string step) =>
        (await home.RunAsync(command, "--format", "json")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(l => JsonNode.Parse(l)!).Single(n => (string?)n["step"] == step);

    /// <summary>The data files of each month, as the newest version names them.</summary>
    private static async Task<Dictionary<string, string>> FilesByMonthAsync(DemoHome home)
    {
        string log = Path.Combine(home.Lake, "billing", "curated", "revenue_by_service", "revenue_by_account_service",
            "_delta_log");
        Dictionary<string, string> live = [];
        foreach (string commit in Directory.GetFiles(log, "*.json").Order(StringComparer.Ordinal))
        {
            foreach (string line in await File.ReadAllLinesAsync(commit))
            {
                JsonNode action = JsonNode.Parse(line)!;
                if (action["add"] is { } add)
                {
                    live[(string)add["path"]!] = (string)add["partitionValues"]!["month"]!;
                }
                else if (action["remove"] is { } remove)
                {
                    live.Remove((string)remove["path"]!);
                }
            }
        }

        return live.GroupBy(f => f.Value)
            .ToDictionary(g => g.Key, g => string.Join(' ', g.Select(f => f.Key).Order(StringComparer.Ordinal)));
    }

    /// <summary>Versions of operations' tables that have any.</summary>
    private static async Task<Dictionary<string, string?>> VersionsAsync(DemoHome home) =>
        (await home.RunAsync("status", "--format", "json")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(l => JsonNode.Parse(l)!)
        .Where(n => ((string)n["table"]!).StartsWith("operations.", StringComparison.Ordinal)
            && (int?)n["version"] >= 0)
        .ToDictionary(n => (string)n["table"]!, n => n["version"]?.ToString());

    private static Process Start(DemoHome home, string command)
    {
        ProcessStartInfo start = new(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Landfall.Cli.dll"), command, "--home", home.Folder,
                "--estate", Path.Combine(Repository.Root, "estates", "relecloud")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["LANDFALL_ROOT"] = Repository.Root;
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }
}
