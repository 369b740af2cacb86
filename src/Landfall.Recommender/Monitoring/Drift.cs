namespace Landfall.Recommender.Monitoring;

/// <summary>How far two distributions over the same classes are apart.</summary>
public static class Drift
{
    /// <summary>What an empty class counts as in the index, as a share, so that logarithms exist.</summary>
    private const double LeastShare = 1e-4;

    /// <summary>
    /// Population stability index: Σ (p − q)·ln(p/q), shares below 0.0001 counted as that. By convention 0.1 is worth a
    /// look and 0.25 an alert.
    /// </summary>
    /// <param name="before">Counts then, one above 0 at least.</param>
    /// <param name="now">Counts now, of the same classes, one above 0 at least.</param>
    public static double StabilityIndex(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        (double[] p, double[] q) = (Shares(before), Shares(now));
        return p.Zip(q, (a, b) =>
        {
            double then = Math.Max(a, LeastShare);
            double today = Math.Max(b, LeastShare);
            return (today - then) * Math.Log(today / then);
        }).Sum();
    }

    /// <summary>
    /// Jensen–Shannon distance: the root of the mean divergence of both from their mean, in bits, 0 (the same) to 1.
    /// </summary>
    /// <param name="before">Counts then, one above 0 at least.</param>
    /// <param name="now">Counts now, of the same classes, one above 0 at least.</param>
    public static double JensenShannon(IReadOnlyList<double> before, IReadOnlyList<double> now)
    {
        (double[] p, double[] q) = (Shares(before), Shares(now));
        double divergence = p.Zip(q, (a, b) => (Term(a, (a + b) / 2) + Term(b, (a + b) / 2)) / 2).Sum();
        return Math.Sqrt(Math.Max(0, divergence));
    }

    private static double Term(double share, double mean) => share == 0 ? 0 : share * Math.Log2(share / mean);

    private static double[] Shares(IReadOnlyList<double> counts)
    {
        double sum = counts.Sum();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sum, nameof(counts));
        return [.. counts.Select(c => c / sum)];
    }
}
