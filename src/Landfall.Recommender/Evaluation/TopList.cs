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
        PriorityQueue<int, (double Score, int Reverse)> best = new(k + 1);
        for (int service = 0; service < scores.Length; service++)
        {
            double score = scores[service];
            if (!(score > double.NegativeInfinity))
            {
                continue;
            }

            (double, int) priority = (score, -service);
            if (best.Count < k)
            {
                best.Enqueue(service, priority);
            }
            else if (best.TryPeek(out _, out (double, int) worst) && priority.CompareTo(worst) > 0)
            {
                _ = best.EnqueueDequeue(service, priority);
            }
        }

        int[] list = new int[best.Count];
        for (int i = list.Length - 1; i >= 0; i--)
        {
            list[i] = best.Dequeue();
        }

        return list;
    }
}
