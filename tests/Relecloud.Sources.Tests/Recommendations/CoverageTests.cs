using Relecloud.Sources.Application;
using Xunit.Abstractions;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>
/// The interval of the incremental revenue against the truth, over many companies. Each has its own seed and draws its
/// own holdout; LANDFALL_REVENUE_SEEDS says how many companies, 25 where it is not set.
/// </summary>
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1000;

    [Fact]
    public void Interval_OverManySeeds_CoversTheTruthAsOftenAsItSays()
    {
        int seeds = int.TryParse(Environment.GetEnvironmentVariable("LANDFALL_REVENUE_SEEDS"), out int n) ? n : 25;
        Outcome[] outcomes = new Outcome[seeds];
        Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => outcomes[i] = Try(FirstSeed + i));
        foreach (Outcome one in outcomes)
        {
            output.WriteLine(one.ToString());
        }

        output.WriteLine(
            $"covered {outcomes.Count(o => o.Covered)}, without holdout {outcomes.Count(o => o.CoveredWithoutHoldout)}, "
            + $"attributed as incremental {outcomes.Count(o => o.CoveredByAttributed)} of {seeds}");
    }

    private static Outcome Try(int seed)
    {
        SmallWorld world = new(seed, 0.2, 190, new ApplicationSettings { Salt = $"relecloud-{seed}" });
        using RevenueLake lake = RevenueLake.Of(world).Build();
        Dictionary<string, object?> row = lake.Incremental();
        double truth = (double)world.Effect.Net;
        double treated = (long)row["treated_customers"]!;
        return new(
            seed, truth, (double)row["incremental_net"]!, (double)row["incremental_low"]!, (double)row["incremental_high"]!,
            (double)row["treated_mean_net"]! * treated, (double)row["standard_error"]! * treated,
            (double)lake.Attributed(7), (double)lake.Attributed(30), (double)lake.Attributed(90),
            treated, (long)row["holdout_customers"]!);
    }

    private sealed record Outcome(
        int Seed, double Truth, double Estimate, double Low, double High, double TreatedTotal, double Error,
        double Attributed7, double Attributed30, double Attributed90, double Treated, double Holdout)
    {
        public bool Covered => Low <= Truth && Truth <= High;

        public bool CoveredWithoutHoldout => Math.Abs(TreatedTotal - Truth) <= 1.96 * Error;

        public bool CoveredByAttributed => Low <= Attributed30 && Attributed30 <= High;
    }
}
