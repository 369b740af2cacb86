using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Engine.Verification;
using Landfall.Serving.Postgres;
using Landfall.Testing;
using Xunit.Sdk;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Random estates over random sources: whatever comes, changes or is killed, after each round every table has the rows
/// of a full rebuild in a fresh home. LANDFALL_RANDOM_ESTATES says how many, LANDFALL_SEED which.
/// </summary>
public sealed class IncrementalTests(ITestOutputHelper output)
{
    private const int Rounds = 4;

    /// <summary>A kill may miss a run that had little to do; that many do not all miss.</summary>
    private const int AimedMin = 3;

    [Fact]
    public async Task Run_RandomEstatesAndRounds_EqualFullRebuilds()
    {
        TestSeed first = TestSeed.Fresh();
        int estates = TestNumbers.Of("LANDFALL_RANDOM_ESTATES", 2);
        ConcurrentBag<RunKill> kills = [];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("landfall-pg-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        PostgresOptions postgres = new() { DataFolder = Path.Combine(folder.FullName, "postgres") };
        try
        {
            PostgresServer server = await EmbeddedPostgres.EnsureStartedAsync(postgres);
            await Parallel.ForEachAsync(
                Enumerable.Range(0, estates), new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (number, _) => kills.Add(await RunAsync(first + number, server)));
        }
        finally
        {
            await EmbeddedPostgres.StopAsync(postgres);
            folder.Delete(recursive: true);
        }

        output.WriteLine($"{first}: {string.Join("; ", kills)}");
        int aimed = kills.Sum(k => k.Aimed);
        Assert.True(aimed < AimedMin || kills.Any(k => k.Hits > 0), $"{first}: no kill of {aimed} met a run at work");
    }

    [Fact]
    public async Task Run_WorkersForgetRowsThatWent_IsCaught()
    {
        using SmallEstate home = new() { Worker = SmallEstate.ForgetfulWorkers };
        Random random = new(1);
        _ = new RandomEstate(random, home, all: true);
        RandomSource source = new(random, home);
        source.Begin();
        source.MoveMonths();
        await home.RunWellAsync();
        source.MoveOn();
        await home.RunWellAsync();

        using SmallEstate fresh = home.CopyWithRaw();
        await fresh.RunWellAsync();
        ImmutableArray<string> differences = await home.DifferencesAsync(fresh);

        Assert.Contains(differences, d => d.StartsWith("z.by_item.by_item: ", StringComparison.Ordinal));
        Assert.DoesNotContain(differences, d => d.StartsWith("z.inbox.", StringComparison.Ordinal));
    }

    private static async Task<RunKill> RunAsync(TestSeed seed, PostgresServer server)
    {
        List<string> story = [];
        RunKill killer = new();
        try
        {
            Random random = seed.Generator();
            using SmallEstate home = new();
            RandomAccounts accounts = await RandomAccounts.CreateAsync(server, random);
            RandomEstate estate = new(random, home, accounts);
            RandomSource source = new(random, home);
            source.Begin();
            story.Add(estate.Story);
            for (int round = 0; round < Rounds; round++)
            {
                story.Add($"round {round}");
                await RoundAsync(random, home, estate, source, accounts, story, round, killer);
            }

            await VerifyAsync(home);
            return killer;
        }
        catch (Exception failure)
        {
            throw new XunitException(
                $"{seed} LANDFALL_RANDOM_ESTATES=1: {string.Join(", ", story)}\n{failure.Message}",
                failure);
        }
    }

    private static async Task RoundAsync(
        Random random, SmallEstate home, RandomEstate estate, RandomSource source, RandomAccounts accounts,
        List<string> story, int round, RunKill killer)
    {
        for (int change = round == 0 ? 0 : random.Next(2, 6); change > 0; change--)
        {
            story.Add(random.Next(5) switch
            {
                0 => estate.Change(),
                1 => await accounts.ChangeAsync(random),
                _ => source.Change(),
            });
        }

        if (random.Next(2) == 0)
        {
            int wait = killer.IsAimed ? random.Next(500) : random.Next(300, 2500);
            story.Add($"killed {wait} ms after {(killer.IsAimed ? "its first intent" : "its start")}");
            using Process run = home.Start();
            await killer.KillAsync(run, home.Lake, TimeSpan.FromMilliseconds(wait));
            if (random.Next(2) == 0)
            {
                story.Add(source.Change());
            }
        }

        await home.RunWellAsync();
        Assert.Equal(RunState.UpToDate, (await home.RunWellAsync()).State);

        bool sourceAlone = source.IsRepeatable && !estate.KeepsRewritten;
        using SmallEstate fresh = sourceAlone ? home.Copy(withLake: false) : home.CopyWithRaw();
        accounts.WriteSecret(fresh);
        await fresh.RunWellAsync();
        ImmutableArray<string> differences = await home.DifferencesAsync(fresh);
        Assert.True(differences.IsEmpty, string.Join("; ", differences));
    }

    /// <summary>
    /// A user's own check says the same of tables of files and products; those landed by key and cursor are compared
    /// with a fresh home's alone.
    /// </summary>
    private static async Task VerifyAsync(SmallEstate home)
    {
        using EngineSession session = home.Open();
        EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
        TableVerifier verifier = new(session, analysis);
        foreach (StepNode step in analysis.Steps.Where(s =>
            s.Kind != StepKind.Land && s.Table.Unit != "crm"))
        {
            VerifiedTable table = await verifier.VerifyAsync(step, CancellationToken.None);
            Assert.True(table.State == VerifyState.Equal, $"verify {table.Table}: {table.State} {table.Reason}");
        }
    }
}
