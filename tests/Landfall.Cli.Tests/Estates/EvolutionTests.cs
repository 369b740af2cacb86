using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Landfall.Delta;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Contracts that change, from the plan to the tables.</summary>
public sealed partial class EvolutionTests
{
    private static readonly string Golden =
        Path.Combine(Repository.Root, "tests", "Landfall.Cli.Tests", "Estates", "Golden", "evolution.verified.txt");

    [Fact]
    public async Task Evolution_EachKindOfChange_PlansAsGoldenAndEqualsFullRebuild()
    {
        using SmallEstate before = EvolvingEstate.Create();
        await before.RunWellAsync();
        ConcurrentDictionary<string, string> plans = new();

        await Parallel.ForEachAsync(
            EvolutionCase.All, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (change, _) =>
            {
                using SmallEstate home = before.Copy(withLake: true);
                change.Apply(home);
                plans[change.Name] = await PlanAsync(home);
                await CheckRunAsync(change, before, home);
            });

        StringBuilder text = new();
        foreach (EvolutionCase change in EvolutionCase.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"## {change.Name}\n{plans[change.Name]}\n");
        }

        if (Environment.GetEnvironmentVariable("LANDFALL_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Golden)!);
            await File.WriteAllTextAsync(Golden, text.ToString());
        }

        Assert.Equal(await File.ReadAllTextAsync(Golden), text.ToString());
    }

    [Fact]
    public async Task Evolution_ColumnAdded_IsOneCommitAndEarlierVersionsKeepTheirColumns()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        Snapshot old = (await home.SnapshotAsync("ops.inbox.event"))!;
        string[] rows = await home.RowsAsync("ops.inbox.event");
        EvolutionCase.All[0].Apply(home);

        await home.RunWellAsync();

        Snapshot now = (await home.SnapshotAsync("ops.inbox.event"))!;
        Assert.Equal(old.Version + 1, now.Version);
        Assert.Contains(now.Metadata.Schema.Fields, f => f.Name == "extra");
        Assert.Equal(rows, await home.RowsAsync("ops.inbox.event", old.Version));
        string[] filled = await home.RowsAsync("ops.inbox.event");
        Assert.Contains(filled, r => r.Contains("'extra': z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ProductAloneAfterItsInputsContractChanged_BuildsNothingAndSaysWhatToRun()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        string[] rows = await home.RowsAsync("fin.report.noted");
        EvolutionCase.All[0].Apply(home);

        RunSummary alone = await home.RunAsync("fin.report.noted");

        StepOutcome outcome = Assert.Single(alone.Steps).Outcome;
        Assert.Equal("LF4248", outcome.FailureCode);
        Assert.Contains("--select +report", outcome.FailureMessage, StringComparison.Ordinal);
        Assert.Equal(rows, await home.RowsAsync("fin.report.noted"));
        await home.RunWellAsync("+report");
    }

    [Fact]
    public async Task Run_BreakingChangeWithoutNewMajorVersion_CommitsNothing()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        long version = (await home.SnapshotAsync("ops.inbox.event"))!.Version;
        home.Change(EvolvingEstate.Events, "physicalType: int,", "physicalType: bigint,");

        RunSummary summary = await home.RunAsync();
        CliResult refused = await home.TryAsync("run");

        Assert.Contains(summary.Steps, s => s.Outcome.FailureCode == "LF4246");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("LF4246", refused.Error, StringComparison.Ordinal);
        Assert.Contains(EvolvingEstate.Events + ":4:", refused.Error, StringComparison.Ordinal);
        Assert.Equal(version, (await home.SnapshotAsync("ops.inbox.event"))!.Version);
    }

    /// <summary>What a plan says, with the places that are this test's own taken out.</summary>
    private static async Task<string> PlanAsync(SmallEstate home)
    {
        CliResult plan = await home.TryAsync("plan");
        string text = $"{plan.Output}{plan.Error}exit code {plan.ExitCode}\n".ReplaceLineEndings("\n");
        return Launcher().Replace(text.Replace(home.Folder, "HOME", StringComparison.Ordinal), "./landfall");
    }

    private static async Task CheckRunAsync(EvolutionCase change, SmallEstate before, SmallEstate home)
    {
        Dictionary<string, long> rowsAt = await DataVersionsAsync(before);
        if (change.Refused)
        {
            CliResult run = await home.TryAsync("run");
            Assert.True(run.ExitCode == 1, $"{change.Name}: {run.Output}{run.Error}");
            Assert.All(await DataVersionsAsync(home), t => Assert.True(t.Value < 0 || t.Value == rowsAt[t.Key]));
            return;
        }

        await home.RunWellAsync();
        Dictionary<string, long> after = await DataVersionsAsync(home);
        Assert.Equal(
            change.Rebuilt.Order(StringComparer.Ordinal),
            after.Where(t => rowsAt[t.Key] != t.Value).Select(t => t.Key).Order(StringComparer.Ordinal));
        RunSummary again = await home.RunWellAsync();
        Assert.True(again.State == RunState.UpToDate, $"{change.Name}: the second run {again.State}");

        if (change.Rebuilt.Length == 0)
        {
            return;
        }

        using SmallEstate fresh = home.Copy(withLake: false);
        await fresh.RunWellAsync();
        ImmutableArray<string> differences = await home.DifferencesAsync(fresh);
        Assert.True(differences.IsEmpty, $"{change.Name}: {string.Join("; ", differences)}");
    }

    /// <summary>The newest version that changed data, of each table that has rows of sources or products.</summary>
    private static async Task<Dictionary<string, long>> DataVersionsAsync(SmallEstate home)
    {
        Dictionary<string, long> versions = new(StringComparer.Ordinal);
        foreach (string table in (string[])
            ["ops.inbox.event", "ops.inbox.item", "ops.daily.by_item", "fin.report.total", "fin.report.noted"])
        {
            versions[table] = await home.DataVersionAsync(table);
        }

        return versions;
    }

    [GeneratedRegex(@"(?<=with: )\S*landfall(?= )")]
    private static partial Regex Launcher();
}
