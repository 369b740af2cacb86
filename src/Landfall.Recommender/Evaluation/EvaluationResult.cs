namespace Landfall.Recommender.Evaluation;

/// <summary>Means over accounts, and how the suggestions spread over services.</summary>
public sealed record EvaluationResult
{
    /// <summary>Accounts measured.</summary>
    public required int Accounts { get; init; }

    /// <summary>Length of lists.</summary>
    public required int K { get; init; }

    /// <summary>Means of <see cref="AccountMetrics"/>.</summary>
    public required AccountMetrics Mean { get; init; }

    /// <summary>Share of services that anybody was suggested; null where lists rank given candidates.</summary>
    public double? Coverage { get; init; }

    /// <summary>
    /// How unevenly suggestions spread over services, 0 (evenly) to 1 (all the same); null where lists rank given
    /// candidates.
    /// </summary>
    public double? Gini { get; init; }

    /// <summary>Makes means of accounts, in their order.</summary>
    public static EvaluationResult Of(IReadOnlyList<AccountMetrics> accounts, int k, long[]? suggested) => new()
    {
        Accounts = accounts.Count,
        K = k,
        Mean = new()
        {
            Ndcg = accounts.Average(a => a.Ndcg),
            Recall = accounts.Average(a => a.Recall),
            RecallAll = accounts.Average(a => a.RecallAll),
            Precision = accounts.Average(a => a.Precision),
            Map = accounts.Average(a => a.Map),
            MapAll = accounts.Average(a => a.MapAll),
            Hit = accounts.Average(a => a.Hit),
        },
        Coverage = suggested is null ? null : (double)suggested.Count(s => s > 0) / suggested.Length,
        Gini = suggested is null ? null : GiniOf(suggested),
    };

    /// <summary>Gini's coefficient of counts: Σ (2i − n − 1)·x_i / (n·Σ x_i), x rising, i from 1; 0 for no counts.
    /// </summary>
    public static double GiniOf(long[] counts)
    {
        double total = counts.Sum();
        return total == 0 ? 0 : counts.Order()
            .Select((count, i) => ((2.0 * (i + 1)) - counts.Length - 1) * count).Sum() / (counts.Length * total);
    }
}
