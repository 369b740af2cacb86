using System.Diagnostics;
using System.Globalization;
using Landfall.DuckDb;
using Landfall.Testing.Delta;
using Xunit.Abstractions;

namespace Landfall.Engine.Tests.Storage;

/// <summary>
/// Kills a process that ingests batches, at random moments, and lets the oracle say what became of the table.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const long Rows = 1000;

    private const int Batches = 60;

    /// <summary><c>LANDFALL_KILLS</c> says how many, 150 by default.</summary>
    [Fact]
    public async Task Ingest_KilledAtRandom_KeepsEveryPromise()
    {
        int wanted = TestNumbers.Of("LANDFALL_KILLS", 150);
        using var folder = new TemporaryFolder();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        var random = new Random(Seed());
        HashSet<long> acknowledged = [];
        int kills = 0;
        for (int number = 0; kills < wanted; number++)
        {
            string table = Path.Combine(folder.Path, $"t{number}");
            for (int deep = 0; deep < 3 && kills < wanted; deep++)
            {
                kills += await RunAsync(table, Batches, "safe", random, acknowledged) ? 1 : 0;
                await CheckAsync(table, database, acknowledged, kills);
            }

            // The last start is left alone and must finish what the others began. A kill between commit and
            // acknowledgement leaves a batch that is visible all the same.
            await RunAsync(table, Batches, "safe", null, acknowledged);
            HashSet<long> all = [.. Enumerable.Range(0, Batches)];
            Assert.Subset(all, acknowledged);
            await CheckAsync(table, database, all, kills);
            acknowledged.Clear();
            Directory.Delete(table, recursive: true);
        }

        output.WriteLine($"{kills} kills, nothing lost, doubled or unreadable.");
    }

    [Theory]
    [InlineData("in-place")]
    [InlineData("ack-first")]
    public async Task Ingest_WithAWrongStore_IsFoundOut(string store)
    {
        using var folder = new TemporaryFolder();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        var random = new Random(Seed());
        for (int kills = 0; kills < 30; kills++)
        {
            string table = Path.Combine(folder.Path, $"t{kills}");
            HashSet<long> acknowledged = [];
            await RunAsync(table, 1000, store, random, acknowledged);
            if ((await new TableOracle(table, database).CheckAsync(acknowledged, Rows)).Count > 0)
            {
                output.WriteLine($"Found out after {kills + 1} kills.");
                return;
            }
        }

        Assert.Fail($"30 kills did not show that the store '{store}' is wrong: the harness is blind.");
    }

    private static async Task CheckAsync(string table, DuckDbDatabase database, HashSet<long> batches, int kills)
    {
        IReadOnlyList<string> violations = await new TableOracle(table, database).CheckAsync(batches, Rows);
        Assert.True(violations.Count == 0, $"After kill {kills}: {string.Join("; ", violations)}");
    }

    private int Seed()
    {
        int seed = int.TryParse(
            Environment.GetEnvironmentVariable("LANDFALL_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : Random.Shared.Next();
        output.WriteLine($"LANDFALL_SEED={seed}");
        return seed;
    }

    /// <summary>
    /// Runs the harness and collects what it acknowledges. With a random source it is killed some time after its first
    /// acknowledgement; true where the kill came before its end.
    /// </summary>
    private static async Task<bool> RunAsync(
        string table, long batches, string store, Random? random, HashSet<long> acknowledged)
    {
        using Process process = HarnessProcess.Start(
            "ingest", table, batches.ToString(CultureInfo.InvariantCulture),
                Rows.ToString(CultureInfo.InvariantCulture), store);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task? kill = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // A line without its end was not acknowledged; ReadLine gives it all the same, so a number must be whole.
            if (line.StartsWith("ACK ", StringComparison.Ordinal) && line.EndsWith('.')
                && long.TryParse(line.AsSpan(4, line.Length - 5), CultureInfo.InvariantCulture, out long batch))
            {
                acknowledged.Add(batch);
            }

            kill ??= random is null ? null : KillAsync(process, random.Next(0, 400));
        }

        await process.WaitForExitAsync();
        if (kill is not null)
        {
            await kill;
        }

        bool killed = process.ExitCode == 137;
        Assert.True(killed || process.ExitCode == 0, await errors);
        return killed;
    }

    private static async Task KillAsync(Process process, int milliseconds)
    {
        await Task.Delay(milliseconds);
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
}
