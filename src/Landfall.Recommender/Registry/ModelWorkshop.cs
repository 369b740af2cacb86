using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Temporal;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Registry;

/// <summary>
/// Makes a model of a history: chooses hyperparameters on an inner period, measures the choice on later ones against
/// champion and baselines, applies the promotion criteria, and trains on everything.
/// </summary>
/// <param name="name">Name of the model.</param>
/// <param name="definition">What the manifest says.</param>
/// <param name="history">The history.</param>
/// <param name="amounts">How much accounts used services before a day, by the day's number.</param>
/// <param name="gram">The Gram matrix of the whole history; null to make it.</param>
public sealed class ModelWorkshop(
    string name, ModelDefinition definition, UsageHistory history,
    Func<int, IReadOnlyCollection<Interaction>> amounts, GramMatrix? gram)
{
    private const double RecentDays = 7;

    private readonly TemporalEvaluation _evaluation = new(history, definition.Evaluation, amounts);

    /// <summary>Makes the model.</summary>
    /// <param name="champion">The hyperparameters of the model in service; null where there is none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LandfallException">
    /// <c>LF4403</c>, <c>LF4405</c>: there is too little to measure on. <c>LF4401</c>: no solution.
    /// </exception>
    public TrainedModel Make(ModelOptions? champion, CancellationToken cancellationToken)
    {
        _evaluation.RequireEnough();
        ImmutableArray<ModelOptions> candidates = [.. Candidates()];
        ImmutableArray<double> tried =
            _evaluation.Try(candidates.Select(o => new Contender("candidate", o)), cancellationToken);
        ModelOptions chosen = candidates[tried.IndexOf(tried.Max())];

        ContenderResult candidate = _evaluation.Measure(new("candidate", chosen), cancellationToken);
        ContenderResult? served =
            champion is null ? null : _evaluation.Measure(new("champion", champion), cancellationToken);
        ContenderResult[] baselines = [.. Baselines().Select(b => _evaluation.Measure(b, cancellationToken))];
        Comparison Against(ContenderResult other) =>
            _evaluation.Compare(candidate, other, definition.Promotion.Confidence, definition.Seed);
        Comparison? againstChampion = served is null ? null : Against(served);
        Comparison[] againstBaselines = [.. baselines.Select(Against)];
        PromotionDecision promotion = PromotionRules.Decide(
            definition.Promotion, candidate,
            againstBaselines.Where(c => definition.Promotion.Beats.Contains(c.Against)), served, againstChampion);
        TrainingReport report = new()
        {
            Name = name,
            DataFrom = history.FirstDay,
            DataThrough = history.LastDay,
            Accounts = history.Accounts.Length,
            Customers = history.Customers.Distinct().Count(),
            Services = history.Services.Length,
            CutOffs = [.. _evaluation.CutOffs.Select(history.FirstDay.AddDays)],
            HorizonDays = definition.Evaluation.HorizonDays,
            InnerCutOff = history.FirstDay.AddDays(_evaluation.InnerCutOff),
            Trials = [.. candidates.Zip(tried, (options, ndcg) => new Trial(options, ndcg))],
            Chosen = chosen,
            Results = [candidate, .. served is null ? [] : new[] { served }, .. baselines],
            Comparisons = [.. againstChampion is null ? [] : new[] { againstChampion }, .. againstBaselines],
            Confidence = definition.Promotion.Confidence,
            Promotion = promotion,
        };
        return new(Package(chosen, candidate, cancellationToken), report);
    }

    private IEnumerable<ModelOptions> Candidates()
    {
        ModelSearch search = definition.Search;
        ModelAlgorithm algorithm = Enum.Parse<ModelAlgorithm>(definition.Algorithm, ignoreCase: true);
        return
            from lambda in search.Lambda
            from dropout in search.Dropout
            from alpha in search.Alpha
            from xi in search.Xi
            from popularity in search.PopularityWeight
            select new ModelOptions
            {
                Algorithm = algorithm,
                Lambda = lambda,
                Dropout = dropout,
                Alpha = alpha,
                Xi = xi == 0 ? null : xi,
                PopularityWeight = popularity,
                HalfLifeDays = definition.HalfLifeDays,
            };
    }

    private IEnumerable<Contender> Baselines() =>
    [
        new("popularity", new() { Algorithm = ModelAlgorithm.Popularity }),
        new("recent-popularity", new() { Algorithm = ModelAlgorithm.RecentPopularity, RecentDays = RecentDays }),
        new("item-knn", new() { Algorithm = ModelAlgorithm.ItemKnn }),
        new("sar", new() { Algorithm = ModelAlgorithm.Sar, HalfLifeDays = definition.HalfLifeDays }),
    ];

    private Packages.ModelPackage Package(
        ModelOptions chosen, ContenderResult candidate, CancellationToken cancellationToken)
    {
        UsageBefore everything = new(history, history.Days, [], gram);
        double[] recent = everything.DecayedUse(definition.HalfLifeDays);
        double most = recent.Max();
        return new()
        {
            Name = name,
            Options = chosen,
            TrainedThrough = history.LastDay,
            Services = history.Services,
            Accounts = [.. everything.Matrix(Weighting.Binary).Sums()],
            Model = new ModelTrainer(everything).Train(chosen, cancellationToken),
            Fallback = [.. recent.Select(r => most > 0 ? r / most : 0)],
            Calibration = Calibration.Fit(candidate.Cases.SelectMany(c => c.List)),
        };
    }
}
