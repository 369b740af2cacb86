using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Landfall.Recommender.Data;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;
using Landfall.Recommender.Training;

namespace Landfall.Bench;

/// <summary>
/// Training EASE for more and more services, against the fused multiply-adds that the machine does when nothing else
/// has to happen; the Gram matrix from interactions in memory; and scoring with what was trained.
/// </summary>
internal static class TrainingBench
{
    private const double Lambda = 100;

    public static void Run(BenchSize size)
    {
        double peak = PeakGigaflops(size.PeakRounds);
        Row("fused multiply-adds alone", $"{peak:F1} GFLOP/s");
        foreach (int services in size.Services)
        {
            InteractionMatrix interactions = Interactions(accounts: 2 * services, services);
            GramMatrix gram = new(services);
            long start = Stopwatch.GetTimestamp();
            gram.Add(interactions, CancellationToken.None);
            double build = Stopwatch.GetElapsedTime(start).TotalSeconds;

            start = Stopwatch.GetTimestamp();
            ItemModel model = LinearTrainer.Train(gram, new() { Lambda = Lambda }, CancellationToken.None);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double rate = Math.Pow(services, 3) / seconds / 1e9;
            Row(
                $"training, {services:N0} services",
                $"{seconds:F2} s, {rate:F1} GFLOP/s, {rate / peak:F2} of the peak; "
                + $"Gram {Pairs(interactions) / build / 1e6:F0} M pairs/s; "
                + $"resident at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
            double off = LargestError(gram, model);
            BenchHome.Require(off < 1e-6, "a model that solves its equations");
            Row($"training, {services:N0} services, largest error", $"{off:E1}");
            Row(
                $"scoring in process, {services:N0} services, one thread",
                Scoring(model, interactions, size.ScoringSeconds));
        }
    }

    /// <summary>
    /// How far the model is from what defines it, (G + λ)·(1 − B) is diagonal, in three of its columns.
    /// </summary>
    private static double LargestError(GramMatrix gram, ItemModel model)
    {
        int size = gram.Services;
        double largest = 0;
        foreach (int column in new[] { 0, size / 2, size - 1 })
        {
            double[] influence = [.. Enumerable.Range(0, size).Select(i => model.Contribution(i, 1, column))];
            double[] result = new double[size];
            for (int row = 0; row < size; row++)
            {
                ReadOnlySpan<double> values = gram.Values.AsSpan(checked(row * size), size);
                result[row] = values[column] - (Lambda * influence[row]) + (row == column ? Lambda : 0);
                for (int i = 0; i < size; i++)
                {
                    result[row] -= values[i] * influence[i];
                }
            }

            largest = Math.Max(
                largest, result.Where((_, row) => row != column).Max(Math.Abs) / Math.Abs(result[column]));
        }

        return largest;
    }

    /// <summary>The ten best with reasons for the accounts in turn, after a quarter of the time to warm up.</summary>
    private static string Scoring(ItemModel model, InteractionMatrix interactions, double seconds)
    {
        ModelPackage package = new()
        {
            Name = "bench",
            Options = new() { Algorithm = ModelAlgorithm.Ease },
            TrainedThrough = new(2026, 11, 1),
            Services = [.. Enumerable.Range(0, model.Services).Select(i => $"service-{i:00000}")],
            Accounts = [.. Enumerable.Repeat(1.0, model.Services)],
            Model = model,
            Fallback = [.. Enumerable.Repeat(0.5, model.Services)],
            Calibration = new([0, 1], [0.1, 0.2]),
        };
        ServiceRecommender recommender = new(package);
        string[][] baskets =
        [
            .. Enumerable.Range(0, Math.Min(500, interactions.Accounts)).Select(a =>
                interactions[a].Services.ToArray().Select(s => package.Services[s]).ToArray()),
        ];
        List<double> microseconds = [];
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; microseconds.Count == 0 || Stopwatch.GetElapsedTime(begun).TotalSeconds < 1.25 * seconds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            GC.KeepAlive(recommender.Recommend(baskets[i % baskets.Length], 10, []));
            if (Stopwatch.GetElapsedTime(begun).TotalSeconds > seconds / 4)
            {
                microseconds.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        microseconds.Sort();
        double middle = microseconds[microseconds.Count / 2];
        double late = microseconds[microseconds.Count * 99 / 100];
        return $"{microseconds.Count / seconds:N0} accounts/s of {baskets.Average(b => b.Length):F0} services, "
            + $"p50 {middle:F1} µs, p99 {late:F1} µs";
    }

    private static InteractionMatrix Interactions(int accounts, int services)
    {
        Random random = new(1);
        return InteractionMatrix.Of(
            [
                .. Enumerable.Range(0, accounts).SelectMany(a => Enumerable.Range(0, 30).Select(_ =>
                    new Interaction(a, (int)(services * Math.Pow(random.NextDouble(), 2)), 1, 0))),
            ],
            accounts, services, Weighting.Binary);
    }

    private static double Pairs(InteractionMatrix interactions) =>
        Enumerable.Range(0, interactions.Accounts).Sum(a => Math.Pow(interactions[a].Services.Length, 2));

    private static double PeakGigaflops(int rounds)
    {
        int threads = Environment.ProcessorCount;
        long start = Stopwatch.GetTimestamp();
        double[] kept = new double[threads];
        Parallel.For(0, threads, i => kept[i] = Multiply(rounds, i));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(kept);
        return (double)threads * rounds * 8 * Vector512<double>.Count * 2 / seconds / 1e9;
    }

    /// <summary>Eight sums that do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Multiply(int rounds, double seed)
    {
        Vector512<double> factor = Vector512.Create(1.0000001 + (seed * 1e-9)), one = Vector512<double>.One;
        Vector512<double> a = one, b = one, c = one, d = one, e = one, f = one, g = one, h = one;
        for (int i = 0; i < rounds; i++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, one);
            b = Vector512.FusedMultiplyAdd(b, factor, one);
            c = Vector512.FusedMultiplyAdd(c, factor, one);
            d = Vector512.FusedMultiplyAdd(d, factor, one);
            e = Vector512.FusedMultiplyAdd(e, factor, one);
            f = Vector512.FusedMultiplyAdd(f, factor, one);
            g = Vector512.FusedMultiplyAdd(g, factor, one);
            h = Vector512.FusedMultiplyAdd(h, factor, one);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-52} {figure}");
}
