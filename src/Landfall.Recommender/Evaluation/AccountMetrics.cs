namespace Landfall.Recommender.Evaluation;

/// <summary>How well a list of suggestions meets what an account did later, each 0 to 1.</summary>
/// <remarks>
/// With r_i = 1 where the i-th suggestion is relevant, n relevant services in all and lists of k:
/// nDCG = Σ r_i/log₂(i+1) over the same sum for a perfect list; recall = hits/min(k,n), recall of all = hits/n;
/// precision = hits/k; average precision = Σ r_i·(hits up to i)/i over min(k,n), and over n for all; hit = 1 where
/// there is any.
/// </remarks>
public readonly record struct AccountMetrics
{
    /// <summary>nDCG.</summary>
    public required double Ndcg { get; init; }

    /// <summary>Hits of those that the list could hold.</summary>
    public required double Recall { get; init; }

    /// <summary>Hits of all relevant services.</summary>
    public required double RecallAll { get; init; }

    /// <summary>Hits of the list.</summary>
    public required double Precision { get; init; }

    /// <summary>Average precision, of those that the list could hold.</summary>
    public required double Map { get; init; }

    /// <summary>Average precision, of all relevant services.</summary>
    public required double MapAll { get; init; }

    /// <summary>1 where any suggestion is relevant.</summary>
    public required double Hit { get; init; }

    /// <summary>Measures a list.</summary>
    /// <param name="suggestions">Numbers of services, best first; k of them or fewer.</param>
    /// <param name="isRelevant">Whether a service is relevant.</param>
    /// <param name="relevant">Relevant services in all, at least 1.</param>
    /// <param name="k">Length of a list, at least 1.</param>
    public static AccountMetrics Of(
        ReadOnlySpan<int> suggestions, Func<int, bool> isRelevant, int relevant, int k)
    {
        double gain = 0;
        double precisions = 0;
        int hits = 0;
        for (int i = 0; i < suggestions.Length; i++)
        {
            if (isRelevant(suggestions[i]))
            {
                hits++;
                gain += 1 / Math.Log2(i + 2);
                precisions += hits / (i + 1.0);
            }
        }

        int possible = Math.Min(k, relevant);
        double best = 0;
        for (int i = 0; i < possible; i++)
        {
            best += 1 / Math.Log2(i + 2);
        }

        return new()
        {
            Ndcg = gain / best,
            Recall = (double)hits / possible,
            RecallAll = (double)hits / relevant,
            Precision = (double)hits / k,
            Map = precisions / possible,
            MapAll = precisions / relevant,
            Hit = hits > 0 ? 1 : 0,
        };
    }
}
