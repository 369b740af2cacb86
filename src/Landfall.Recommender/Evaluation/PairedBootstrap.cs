namespace Landfall.Recommender.Evaluation;

/// <summary>
/// How sure a mean difference between two models is, by drawing whole customers with replacement: accounts of one
/// customer are alike and count together. Efron's percentile interval.
/// </summary>
public static class PairedBootstrap
{
    private const int Draws = 2_000;

    /// <summary>The interval of a mean difference.</summary>
    /// <param name="differences">A difference each case, of one account at one cut-off.</param>
    /// <param name="customers">The customer of each case.</param>
    /// <param name="confidence">Confidence, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static Interval Of(
        IReadOnlyList<double> differences, IReadOnlyList<int> customers, double confidence, int seed)
    {
        (double Sum, int Count)[] groups =
        [
            .. differences.Zip(customers).GroupBy(d => d.Second).OrderBy(g => g.Key)
                .Select(g => (g.Sum(d => d.First), g.Count())),
        ];
        double[] means = new double[Draws];
        Random random = new(seed);
        for (int draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < groups.Length; i++)
            {
                (double Sum, int Count) group = groups[random.Next(groups.Length)];
                sum += group.Sum;
                count += group.Count;
            }

            means[draw] = sum / count;
        }

        Array.Sort(means);
        double tail = (1 - confidence) / 2;
        return new(
            groups.Sum(g => g.Sum) / differences.Count,
            means[(int)(tail * Draws)],
            means[Math.Min(Draws - 1, (int)Math.Ceiling((1 - tail) * Draws) - 1)]);
    }
}
