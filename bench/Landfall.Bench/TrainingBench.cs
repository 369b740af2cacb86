using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Landfall.Recommender.Data;
using Landfall.Recommender.Training;

namespace Landfall.Bench;

/// <summary>
/// Training EASE for more and more services, against the fused multiply-adds that the machine does when nothing else
/// has to happen; and the Gram matrix from interactions in memory.
/// </summary>
internal static class TrainingBench
{
    private static readonly int[] Sizes = [500, 2_000, 5_000, 10_000];

    public static void Run()
    {
        double peak = PeakGigaflops();
        Row("fused multiply-adds alone", $"{peak:F1} GFLOP/s");
        foreach (int services in Sizes)
        {
            InteractionMatrix interactions = Interactions(accounts: 2 * services, services);
            GramMatrix gram = new(services);
            long start = Stopwatch.GetTimestamp();
            gram.Add(interactions, CancellationToken.None);
            double build = Stopwatch.GetElapsedTime(start).TotalSeconds;

            start = Stopwatch.GetTimestamp();
            ItemModel model = LinearTrainer.Train(gram, new() { Lambda = 100 }, CancellationToken.None);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            GC.KeepAlive(model);
            double rate = Math.Pow(services, 3) / seconds / 1e9;
            Row(
                $"training, {services:N0} services",
                $"{seconds:F2} s, {rate:F1} GFLOP/s, {rate / peak:F2} of the peak; "
                + $"Gram {Pairs(interactions) / build / 1e6:F0} M pairs/s; "
                + $"resident at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB");
        }
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

    private static double PeakGigaflops()
    {
        const int Rounds = 50_000_000;
        int threads = Environment.ProcessorCount;
        long start = Stopwatch.GetTimestamp();
        double[] kept = new double[threads];
        Parallel.For(0, threads, i => kept[i] = Multiply(Rounds, i));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(kept);
        return (double)threads * Rounds * 8 * Vector512<double>.Count * 2 / seconds / 1e9;
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
