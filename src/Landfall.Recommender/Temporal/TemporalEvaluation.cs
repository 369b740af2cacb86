using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Evaluation;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Temporal;

/// <summary>
/// Measures models on what accounts that were there before a cut-off adopted in the days after it, over several
/// cut-offs: trained on nothing later, all services ranked that the account did not use.
/// </summary>
/// <param name="history">The history.</param>
/// <param name="settings">Cut-offs, horizon and length of lists.</param>
/// <param name="amounts">How much accounts used services before a day, by the day's number.</param>
public sealed class TemporalEvaluation(
    UsageHistory history, ModelEvaluation settings, Func<int, IReadOnlyCollection<Interaction>> amounts)
{
    private readonly Dictionary<int, IReadOnlyCollection<Interaction>> _amounts = [];

    /// <summary>The cut-offs, counted from the history's first day; rising.</summary>
    public ImmutableArray<int> CutOffs { get; } =
    [
        .. Enumerable.Range(0, settings.CutOffs)
            .Select(i => history.Days - ((settings.CutOffs - i) * settings.HorizonDays)),
    ];

    /// <summary>The cut-off on which hyperparameters are chosen: its horizon ends where the first period of the test
    /// begins.
    /// </summary>
    public int InnerCutOff => CutOffs[0] - settings.HorizonDays;

    /// <summary>Refuses a history that is too short: half a horizon at least lies before the inner cut-off.</summary>
    /// <exception cref="LandfallException"><c>LF4405</c>.</exception>
    public void RequireEnough()
    {
        int least = ((settings.CutOffs + 1) * settings.HorizonDays) + Math.Max(1, settings.HorizonDays / 2);
        if (history.Days < least)
        {
            throw new TooLittleDataException(
                "LF4405",
                $"The interactions span {history.Days} days; {settings.CutOffs} cut-offs of {settings.HorizonDays} "
                + $"days and an inner one need {least}. No model was trained. Bring more data, or lower "
                + "evaluation.cutOffs or evaluation.horizonDays.");
        }
    }

    /// <summary>The mean nDCG of each contender on the inner cut-off, in their order.</summary>
    public ImmutableArray<double> Try(IEnumerable<Contender> contenders, CancellationToken cancellationToken) =>
        [.. contenders.Select(c => Run(c, [InnerCutOff], cancellationToken).Result.Mean.Ndcg)];

    /// <summary>Measures a contender on all cut-offs.</summary>
    public ContenderResult Measure(Contender contender, CancellationToken cancellationToken) =>
        Run(contender, CutOffs, cancellationToken);

    /// <summary>Compares two results, by customer.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="other">The other.</param>
    /// <param name="confidence">Confidence of the intervals.</param>
    /// <param name="seed">Seed of the draws.</param>
    public Comparison Compare(ContenderResult candidate, ContenderResult other, double confidence, int seed)
    {
        int[] customers = [.. candidate.Cases.Select(c => history.Customers[c.Account])];
        Interval Of(Func<AccountMetrics, double> metric) => PairedBootstrap.Of(
            [.. candidate.Cases.Zip(other.Cases, (a, b) => metric(a.Metrics) - metric(b.Metrics))], customers,
            confidence, seed);
        return new(other.Name, Of(m => m.Ndcg), Of(m => m.Recall));
    }

    private ContenderResult Run(Contender contender, ImmutableArray<int> cutOffs, CancellationToken cancellationToken)
    {
        List<RankedAccount> cases = [];
        long[] suggested = new long[history.Services.Length];
        foreach (int cutOff in cutOffs)
        {
            ModelTrainer trainer = new(new UsageBefore(history, cutOff, AmountsOf(contender, cutOff)));
            ItemModel model = trainer.Train(contender.Options, cancellationToken);
            (RankedAccount[] accounts, long[] counts) = Protocols.RankEach(
                model, trainer.Baskets(contender.Options), history.AdoptedFrom(cutOff, settings.HorizonDays),
                settings.Top, cancellationToken);
            cases.AddRange(accounts);
            for (int i = 0; i < counts.Length; i++)
            {
                suggested[i] += counts[i];
            }
        }

        return cases.Count == 0
            ? throw new TooLittleDataException(
                "LF4403",
                "No account adopted anything in the periods of the evaluation. No model was trained. Bring more data, "
                + "or raise evaluation.horizonDays.")
            : new(contender.Name, EvaluationResult.Of([.. cases.Select(c => c.Metrics)], settings.Top, suggested))
            {
                Cases = [.. cases],
            };
    }

    /// <summary>Only SAR looks at amounts.</summary>
    private IReadOnlyCollection<Interaction> AmountsOf(Contender contender, int cutOff)
    {
        if (contender.Options.Algorithm != ModelAlgorithm.Sar)
        {
            return [];
        }

        if (!_amounts.TryGetValue(cutOff, out IReadOnlyCollection<Interaction>? known))
        {
            known = amounts(cutOff);
            _amounts[cutOff] = known;
        }

        return known;
    }
}
