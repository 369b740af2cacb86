using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Several runs of the program on one lake.</summary>
public sealed class RunsAtOnceTests(ITestOutputHelper output)
{
    private const int Rounds = 3;

    private static readonly string[] Changing =
        ["ops.inbox._register", "ops.inbox.event", "ops.daily.by_item", "fin.report.noted", "fin.report.total"];

    [Fact]
    public async Task Run_TwoAtOnceAndAThirdKilledBetween_GiveOneResultAndDoEachStepOnce()
    {
        TestSeed seed = TestSeed.Fresh();
        Random random = seed.Generator();
        int hits = 0;
        using SmallEstate home = EvolvingEstate.Create();
        for (int round = 1; round <= Rounds; round++)
        {
            string late = $"{100 + round},2026-0{round}-20T00:00:00Z,a,{round},late,\n";
            home.Put($"events/late-{round}.csv", "id,sold_at,item,qty,note,extra\n" + late);

            Task<CliResult> first = home.TryAsync("run");
            Task<bool> killed = KillBesideAsync(home, random.Next(300, 2500), first);
            CliResult[] both = await Task.WhenAll(first, home.TryAsync("run"));
            hits += await killed ? 1 : 0;

            string context = $"{seed}, round {round}: ";
            Assert.All(both, r => Assert.True(r.ExitCode == 0, context + r.Error));
            Dictionary<string, long> commits = Commits(home);
            Assert.All(Changing, t => Assert.True(commits[t] == round, $"{context}{t} has {commits[t]} commits"));
            Assert.True(commits["ops.inbox.item"] == 1, context + "the unchanged snapshot was committed again");
            Dictionary<string, long> recorded = await RecordedAsync(home);
            Assert.All(recorded, t => Assert.True(
                t.Value <= (commits.TryGetValue(t.Key, out long made) ? made : commits[t.Key + "._register"]),
                $"{context}{t.Key} was recorded {t.Value} times"));
        }

        using SmallEstate fresh = home.Copy(withLake: false);
        await fresh.RunWellAsync();
        ImmutableArray<string> differences = await home.DifferencesAsync(fresh);
        Assert.True(differences.IsEmpty, $"{seed}: {string.Join("; ", differences)}");
        output.WriteLine($"{seed}: {hits} of {Rounds} kills met a run beside another");
        Assert.True(hits > 0, $"{seed}: no kill met a run beside another");
    }

    /// <summary>Kills a third run; true where it and the first were at work then.</summary>
    private static async Task<bool> KillBesideAsync(SmallEstate home, int milliseconds, Task first) =>
        await home.KillRunAsync(TimeSpan.FromMilliseconds(milliseconds)) && !first.IsCompleted;

    /// <summary>How many commits each table of the zones has.</summary>
    private static Dictionary<string, long> Commits(SmallEstate home) => Directory
        .EnumerateDirectories(home.Lake, "_delta_log", SearchOption.AllDirectories)
        .Select(log => (Parts: Path.GetRelativePath(home.Lake, log).Split('/'), Log: log))
        .Where(l => l.Parts.Length == 5)
        .ToDictionary(
            l => $"{l.Parts[0]}.{l.Parts[2]}.{l.Parts[3]}",
            l => (long)Directory.GetFiles(l.Log, "*.json").Count(f => long.TryParse(
                Path.GetFileNameWithoutExtension(f), out _)));

    /// <summary>How often runs recorded that a step of each table was committed.</summary>
    private static async Task<Dictionary<string, long>> RecordedAsync(SmallEstate home)
    {
        CliResult result = await home.TryAsync(
            "query", "--format", "json",
            "select table_name, count(*) as n from management.platform.runs "
            + "where event = 'committed' and table_name is not null group by table_name");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)
            .ToDictionary(n => (string)n["table_name"]!, n => (long)n["n"]!);
    }
}
