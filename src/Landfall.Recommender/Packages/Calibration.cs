using System.Collections.Immutable;

namespace Landfall.Recommender.Packages;

/// <summary>
/// How probable it is that a suggestion of some score is adopted within the horizon, as seen in the evaluation. An
/// isotonic regression by pools of adjacent violators: never falling with the score. Immutable.
/// </summary>
/// <param name="scores">Scores, rising.</param>
/// <param name="probabilities">The probability from each score on, up to the next; never falling, 0 to 1.</param>
public sealed class Calibration(ImmutableArray<double> scores, ImmutableArray<double> probabilities)
{
    /// <summary>Scores, rising.</summary>
    public ImmutableArray<double> Scores { get; } = scores;

    /// <summary>The probability from each score on.</summary>
    public ImmutableArray<double> Probabilities { get; } = probabilities;

    /// <summary>The probability of a score; that of the lowest for lower ones; null where nothing was seen.</summary>
    public double? Of(double score)
    {
        if (Scores.IsEmpty)
        {
            return null;
        }

        int index = Scores.BinarySearch(score);
        return Probabilities[Math.Max(0, index < 0 ? ~index - 1 : index)];
    }

    /// <summary>Fits suggestions and whether they were adopted.</summary>
    /// <param name="seen">Scores, finite, with what became of them; in any order.</param>
    public static Calibration Fit(IEnumerable<(double Score, bool Adopted)> seen)
    {
        // A pool: its lowest score, how many were adopted, of how many.
        List<(double Score, double Adopted, double Count)> pools = [];
        foreach (IGrouping<double, (double Score, bool Adopted)> equal in seen.GroupBy(s => s.Score)
            .OrderBy(g => g.Key))
        {
            pools.Add((equal.Key, equal.Count(s => s.Adopted), equal.Count()));
            while (pools.Count > 1 && Mean(pools[^2]) >= Mean(pools[^1]))
            {
                (double score, double adopted, double count) = pools[^2];
                pools[^2] = (score, adopted + pools[^1].Adopted, count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        return new([.. pools.Select(p => p.Score)], [.. pools.Select(Mean)]);
    }

    private static double Mean((double Score, double Adopted, double Count) pool) => pool.Adopted / pool.Count;
}
