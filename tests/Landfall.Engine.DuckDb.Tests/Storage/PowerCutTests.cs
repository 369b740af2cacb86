using System.Globalization;
using Landfall.Testing;
using Landfall.Testing.Delta.Simulation;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// Power cuts on a simulated disk, by seed. <c>LANDFALL_POWER_SEEDS</c> says how many, <c>LANDFALL_SEED</c> where to
/// begin.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Table_PowerCutsAtAnyCall_KeepsEveryPromise()
    {
        int seeds = TestNumbers.Of("LANDFALL_POWER_SEEDS", 1000);
        TestSeed first = TestSeed.Or(1);
        (long calls, long cuts, long versions, long vacuumed) = (0, 0, 0, 0);
        long started = TimeProvider.System.GetTimestamp();
        for (int number = 0; number < seeds; number++)
        {
            TestSeed seed = first + number;
            var run = new SimulatedRun(seed.Value);
            IReadOnlyList<string> violations = await run.RunAsync();
            Assert.True(violations.Count == 0, $"{seed}: {string.Join("; ", violations)}");
            (calls, cuts, versions, vacuumed) = (
                calls + run.CallsMade, cuts + run.Cuts, versions + run.Versions, vacuumed + run.Vacuumed);
        }

        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds} seeds, {calls} calls, {cuts} power cuts, "
            + $"{versions} versions, {vacuumed} files vacuumed in {elapsed.TotalSeconds:F0} s"));
        Assert.True(calls >= 300L * seeds, "Too little happened to say anything.");
        Assert.True(vacuumed > seeds / 10, "Too little was vacuumed to say anything.");
        Assert.True(versions >= 5L * seeds, "Too little was committed to say anything.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(4711)]
    public async Task Table_SameSeed_ReplaysCallByCall(int seed)
    {
        var first = new SimulatedRun(seed);
        var second = new SimulatedRun(seed);

        Assert.Equal(await first.RunAsync(), await second.RunAsync());

        Assert.Equal((first.Trace, first.CallsMade, first.Versions), (second.Trace, second.CallsMade, second.Versions));
    }

    [Theory]
    [InlineData(Weakness.NoFileSync)]
    [InlineData(Weakness.NoFolderSync)]
    [InlineData(Weakness.AcknowledgesFirst)]
    [InlineData(Weakness.LinksBeforeSync)]
    [InlineData(Weakness.CommitsBeforeData)]
    [InlineData(Weakness.Renames)]
    [InlineData(Weakness.PartialCheckpoint)]
    [InlineData(Weakness.TrustsWhatItFinds)]
    public async Task Table_WithAWeakness_IsFoundOut(Weakness weakness)
    {
        for (int seed = 1; seed <= 500; seed++)
        {
            IReadOnlyList<string> violations = await new SimulatedRun(seed, weakness).RunAsync();
            if (violations.Count > 0)
            {
                output.WriteLine($"Found out by seed {seed}: {violations[0]}");
                return;
            }
        }

        Assert.Fail($"500 seeds did not show the weakness {weakness}: the harness is blind.");
    }
}
