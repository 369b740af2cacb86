using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Evaluation;

/// <summary>Ways to measure a model against what accounts did later.</summary>
public static class Protocols
{
    /// <summary>
    /// Full ranking: all services but those of the account's basket are ranked, and the first k compared with what is
    /// relevant. Accounts without basket or without anything relevant do not count.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="baskets">What accounts used before.</param>
    /// <param name="relevant">
    /// Services that accounts used later, by account; numbers from the model's services on count as missed.
    /// </param>
    /// <param name="k">Length of lists, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LandfallException"><c>LF4403</c>: no account counts.</exception>
    public static EvaluationResult Ranking(
        ItemModel model, InteractionMatrix baskets, IReadOnlyDictionary<int, HashSet<int>> relevant, int k,
        CancellationToken cancellationToken)
    {
        (RankedAccount[] accounts, long[] suggested) = RankEach(model, baskets, relevant, k, cancellationToken);
        RequireAny(accounts.Length);
        return EvaluationResult.Of([.. accounts.Select(a => a.Metrics)], k, suggested);
    }

    /// <summary>Full ranking, account by account in order, and how often each service was suggested.</summary>
    /// <param name="model">The model.</param>
    /// <param name="baskets">What accounts used before.</param>
    /// <param name="relevant">Services that accounts used later, by account.</param>
    /// <param name="k">Length of lists, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static (RankedAccount[] Accounts, long[] Suggested) RankEach(
        ItemModel model, InteractionMatrix baskets, IReadOnlyDictionary<int, HashSet<int>> relevant, int k,
        CancellationToken cancellationToken)
    {
        int[] accounts = [.. relevant
            .Where(r => r.Value.Count > 0 && r.Key < baskets.Accounts && baskets[r.Key].Services.Length > 0)
            .Select(r => r.Key).Order()];
        RankedAccount[] ranked = new RankedAccount[accounts.Length];
        long[] suggested = new long[model.Services];
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        Parallel.For(0, accounts.Length, options, () => new double[model.Services], (index, _, scores) =>
        {
            Basket basket = baskets[accounts[index]];
            model.Score(basket, scores);
            foreach (int service in basket.Services)
            {
                scores[service] = double.NegativeInfinity;
            }

            int[] list = TopList.Of(scores, k);
            HashSet<int> later = relevant[accounts[index]];
            ranked[index] = new(
                accounts[index], AccountMetrics.Of(list, later.Contains, later.Count, k),
                [.. list.Select(service => (scores[service], later.Contains(service)))]);
            Array.ForEach(list, service => Interlocked.Increment(ref suggested[service]));
            return scores;
        },
        _ => { });
        return (ranked, suggested);
    }

    /// <summary>
    /// Leave one out: one service that was held back is ranked among given ones that the account did not use, each of
    /// which counts once, and itself not. Where scores are equal the others come first. He et al., "Neural
    /// Collaborative Filtering", WWW 2017.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="baskets">What accounts used before.</param>
    /// <param name="cases">
    /// The account, the service held back and the others; numbers that are not known score 0.
    /// </param>
    /// <param name="k">Length of lists, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LandfallException"><c>LF4403</c>: there is no case.</exception>
    public static EvaluationResult LeaveOneOut(
        ItemModel model, InteractionMatrix baskets, IReadOnlyList<LeftOut> cases, int k,
        CancellationToken cancellationToken)
    {
        RequireAny(cases.Count);
        AccountMetrics[] metrics = new AccountMetrics[cases.Count];
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        Parallel.For(0, cases.Count, options, () => new double[model.Services], (index, _, scores) =>
        {
            LeftOut left = cases[index];
            bool isKnown = left.Account >= 0 && left.Account < baskets.Accounts;
            model.Score(isKnown ? baskets[left.Account] : default, scores);
            double ScoreOf(int service) => service >= 0 && service < scores.Length ? scores[service] : 0;
            double own = ScoreOf(left.Service);
            int[] others = [.. left.Others.Where(o => o != left.Service).Distinct()];
            int rank = others.Count(o => ScoreOf(o) >= own);
            metrics[index] = AccountMetrics.Of(
                [.. Enumerable.Range(0, Math.Min(k, others.Length + 1))], i => i == rank, 1, k);
            return scores;
        },
        _ => { });
        return EvaluationResult.Of(metrics, k, null);
    }

    private static void RequireAny(int count)
    {
        if (count == 0)
        {
            throw new LandfallException(
                "LF4403",
                "There is no account to measure: none has both something before and something relevant after. Nothing "
                + "was measured. Look whether both files name accounts and services alike.");
        }
    }
}
