using Landfall.Testing;
using Relecloud.Sources.Application;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>
/// The interval of the incremental revenue against the truth, over many companies. Each has its own seed and draws its
/// own holdout; LANDFALL_REVENUE_SEEDS says how many companies, LANDFALL_SEED which.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1000;
    private const int Days = 190;
    private const double Scale = 0.5;

    [Fact]
    public void Interval_OverManySeeds_CoversTheTruthAsOftenAsItSays()
    {
        int seeds = TestNumbers.Of("LANDFALL_REVENUE_SEEDS", 25);
        TestSeed first = TestSeed.Or(FirstSeed);
        Outcome[] outcomes = new Outcome[seeds];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = 2 };
        Parallel.For(0, seeds, parallel, i => outcomes[i] = Try(first + i));
        foreach (Outcome one in outcomes)
        {
            output.WriteLine(one.ToString());
        }

        int covered = outcomes.Count(o => o.Estimate.Covers(o.Truth));
        int withoutHoldout = outcomes.Count(o => o.WithoutHoldout.Covers(o.Truth));
        output.WriteLine($"Covered {covered}, without the holdout {withoutHoldout} of {seeds}.");

        // 90 to 99 of 100; of fewer, as many as leave no more doubt.
        bool few = seeds < 100;
        Assert.InRange(covered, (int)(0.9 * seeds) - (few ? 1 : 0), few ? seeds : 99 * seeds / 100);

        // An estimator that takes all that the treated adopt for caused is caught by the same measure.
        Assert.True(withoutHoldout < 0.9 * seeds - 1, $"{withoutHoldout} of {seeds}");

        // Last touch credits what would have come anyway.
        Assert.True(outcomes.Average(o => o.Attributed30) > 1.2 * outcomes.Average(o => o.Truth));
        Assert.True(outcomes.Count(o => o.Attributed30 > o.Truth) >= 0.9 * seeds);
        Assert.True(outcomes.All(o => o.Attributed7 <= o.Attributed30 && o.Attributed30 <= o.Attributed90));
    }

    private static Outcome Try(TestSeed seed)
    {
        ApplicationSettings settings = new() { Salt = $"relecloud-{seed.Value}" };
        SmallWorld world = new(seed.Value, Scale, Days, settings, density: 0.05);
        using RevenueLake lake = RevenueLake.Of(world).Build();
        Bounds estimate = BoundsOf(lake);
        decimal[] attributed = [lake.Attributed(7), lake.Attributed(30), lake.Attributed(90)];
        Bounds without = BoundsOf(lake.Build(WithoutHoldout));
        return new(
            seed, (double)world.Effect.Net, estimate, without, (double)attributed[0], (double)attributed[1],
            (double)attributed[2]);
    }

    // Nothing is taken off for what customers held out adopt by themselves.
    private static string WithoutHoldout(string model) => model
        .Replace(
            "\n            - avg(cast(adjusted.z as double)) filter (where adjusted.arm = 'holdout') as effect",
            " as effect", StringComparison.Ordinal)
        .Replace("arm.treated_error + arm.holdout_error", "arm.treated_error", StringComparison.Ordinal);

    private static Bounds BoundsOf(RevenueLake lake)
    {
        Dictionary<string, object?> row = lake.Incremental();
        return new((double)row["incremental_low"]!, (double)row["incremental_high"]!);
    }

    private sealed record Bounds(double Low, double High)
    {
        public bool Covers(double truth) => Low <= truth && truth <= High;
    }

    private sealed record Outcome(
        TestSeed Seed, double Truth, Bounds Estimate, Bounds WithoutHoldout, double Attributed7, double Attributed30,
        double Attributed90);
}
