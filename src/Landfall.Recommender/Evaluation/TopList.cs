namespace Landfall.Recommender.Evaluation;

/// <summary>The best services of some scores.</summary>
public static class TopList
{
    /// <summary>
    /// Numbers of the best services, best first; among equal scores the lower number first. Services that score NaN or
    /// minus infinity are left out.
    /// </summary>
    /// <param name="scores">A score for each service.</param>
    /// <param name="k">At most so many, at least 1.</param>
    public static int[] Of(ReadOnlySpan<double> scores, int k)
    {
        int[] list = new int[Math.Min(k, scores.Length)];
        int count = 0;
        for (int service = 0; service < scores.Length; service++)
        {
            double score = scores[service];
            if (!(score > double.NegativeInfinity)
                || (count == list.Length && !(score > scores[list[count - 1]])))
            {
                continue;
            }

            // Lists are short: putting each in its place beats a heap.
            int at = count < list.Length ? count++ : count - 1;
            for (; at > 0 && score > scores[list[at - 1]]; at--)
            {
                list[at] = list[at - 1];
            }

            list[at] = service;
        }

        return count == list.Length ? list : list[..count];
    }
}
