using System.Diagnostics;
using System.Globalization;
using Landfall.DuckDb;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// Kills a process that ingests batches, writes checkpoints and optimizes, at random moments, and lets the oracle say
/// what became of the table. The process announces each phase, so that what a kill hit is known.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int ControlKillsMax = 30;

    private const long Rows = 1000;

    private const int Batches = 30;

    private static readonly string[] Phases = ["ingest", "checkpoint", "optimize"];

    /// <summary>What kills aim at, in turn: any moment, or one within a phase that is short.</summary>
    private static readonly string[] Aims = [Killer.Any, "checkpoint", Killer.Any, "optimize"];

    /// <summary><c>LANDFALL_KILLS</c> says how many, 150 by default.</summary>
    [Fact]
    public async Task Ingest_KilledAtRandom_KeepsEveryPromise()
    {
        int wanted = TestNumbers.Of("LANDFALL_KILLS", 150);
        using var folder = new TemporaryFolder();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        var killer = new Killer(Seed().Generator());
        Dictionary<string, int> hits = Phases.ToDictionary(p => p, _ => 0);
        HashSet<long> acknowledged = [];
        int kills = 0;
        for (int number = 0; kills < wanted; number++)
        {
            string table = Path.Combine(folder.Path, $"t{number}");
            for (int deep = 0; deep < 3 && kills < wanted; deep++)
            {
                killer.Begin(Aims[(number + deep) % Aims.Length]);
                if (await RunAsync(table, Batches, "safe", killer, acknowledged))
                {
                    kills++;
                    hits[killer.Phase]++;
                }

                await CheckAsync(table, database, acknowledged, kills);
            }

            // The last start is left alone and must finish what the others began. A kill between commit and
            // acknowledgement leaves a batch that is visible all the same.
            killer.Begin(null);
            await RunAsync(table, Batches, "safe", killer, acknowledged);
            HashSet<long> all = [.. Enumerable.Range(0, Batches)];
            Assert.Subset(all, acknowledged);
            await CheckAsync(table, database, all, kills);
            acknowledged.Clear();
            Directory.Delete(table, recursive: true);
        }

        output.WriteLine($"{kills} kills, {string.Join(", ", hits.Select(h => $"{h.Value} in {h.Key}"))}: nothing "
            + "lost, doubled or unreadable.");
        Assert.All(hits, h => Assert.True(h.Value >= wanted * 20 / 150, $"Too few kills hit {h.Key}: {h.Value}."));
    }

    /// <summary>
    /// The first of the two commits is a tenth version, so that its checkpoint is written between them.
    /// </summary>
    [Theory]
    [InlineData("in-place", Killer.Any)]
    [InlineData("ack-first", Killer.Any)]
    [InlineData("two-commits", "checkpoint")]
    public async Task Ingest_WithAWrongStore_IsFoundOut(string store, string aim)
    {
        using var folder = new TemporaryFolder();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        var killer = new Killer(Seed().Generator());
        for (int kills = 0; kills < ControlKillsMax; kills++)
        {
            string table = Path.Combine(folder.Path, $"t{kills}");
            HashSet<long> acknowledged = [];
            killer.Begin(kills == 0 && aim != Killer.Any ? null : aim);
            await RunAsync(table, kills == 0 ? Batches : 1000, store, killer, acknowledged);
            if ((await new TableOracle(table, database).CheckAsync(acknowledged, Rows)).Count > 0)
            {
                output.WriteLine($"Found out after {kills + 1} kills.");
                return;
            }
        }

        Assert.Fail($"{ControlKillsMax} kills did not show that the store '{store}' is wrong: the harness is blind.");
    }

    private static async Task CheckAsync(string table, DuckDbDatabase database, HashSet<long> batches, int kills)
    {
        IReadOnlyList<string> violations = await new TableOracle(table, database).CheckAsync(batches, Rows);
        Assert.True(violations.Count == 0, $"After kill {kills}: {string.Join("; ", violations)}");
    }

    private TestSeed Seed()
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        return seed;
    }

    /// <summary>
    /// Runs the harness and collects what it acknowledges; true where a killer came before its end.
    /// </summary>
    private static async Task<bool> RunAsync(
        string table, long batches, string store, Killer killer, HashSet<long> acknowledged)
    {
        using Process process = HarnessProcess.Start(
            "ingest", table, batches.ToString(CultureInfo.InvariantCulture),
                Rows.ToString(CultureInfo.InvariantCulture), store);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // A line without its end was not said; ReadLine gives it all the same.
            if (!line.EndsWith('.'))
            {
                continue;
            }

            if (line.StartsWith("ACK ", StringComparison.Ordinal))
            {
                acknowledged.Add(long.Parse(line.AsSpan(4, line.Length - 5), CultureInfo.InvariantCulture));
            }

            killer.Hear(process, line);
        }

        await process.WaitForExitAsync();
        await killer.Killing;
        bool killed = process.ExitCode == 137;
        Assert.True(killed || process.ExitCode == 0, await errors);
        return killed;
    }
}
