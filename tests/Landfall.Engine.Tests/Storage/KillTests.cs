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

    [Fact]
    public async Task Ingest_KilledThirtyTimes_KeepsEveryPromise()
    {
        using var folder = new TemporaryFolder();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        var random = new Random(Seed());
        HashSet<long> acknowledged = [];
        int kills = 0;
        for (int number = 0; kills < 30; number++)
        {
            string table = Path.Combine(folder.Path, $"t{number}");
            for (int deep = 0; deep < 3 && kills < 30; deep++)
            {
                kills += await RunAsync(table, 60, "safe", random, acknowledged) ? 1 : 0;
                Assert.Empty(await new TableOracle(table, database).CheckAsync(acknowledged, Rows));
            }

            // The last start is left alone and must finish what the others began.
            await RunAsync(table, 60, "safe", null, acknowledged);
            // A kill between commit and acknowledgement leaves a batch that is visible all the same.
            HashSet<long> all = [.. Enumerable.Range(0, 60)];
            Assert.Subset(all, acknowledged);
            Assert.Empty(await new TableOracle(table, database).CheckAsync(all, Rows));
            acknowledged.Clear();
        }
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
