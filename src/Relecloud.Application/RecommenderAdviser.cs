using Landfall.Recommender.Data;
using Landfall.Recommender.Experiments;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;
using Landfall.Recommender.Training;
using Relecloud.Sources.Application;

namespace Relecloud.Application;

/// <summary>Landfall's recommender as the application outside the platform has it: in its own process.</summary>
public sealed class RecommenderAdviser : IAdviser
{
    // So that the last bits of a solve, which differ between processors, decide no order.
    private const int Digits = 9;

    private static readonly ModelOptions Options = new()
    {
        Algorithm = ModelAlgorithm.Ease,
        Lambda = 20,
        PopularityWeight = 0.02,
        HalfLifeDays = 14,
    };

    private ServiceRecommender? _recommender;
    private (string Salt, Holdout Holdout)? _holdout;

    /// <inheritdoc/>
    public void Learn(AdviserUsage usage) => _recommender = new ServiceRecommender(Train(usage));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It has learned nothing yet.</exception>
    public Advice Advise(IReadOnlyList<string> inUse, int count, IReadOnlyList<string> excluded)
    {
        ServiceRecommender recommender = _recommender
            ?? throw new InvalidOperationException("The adviser is asked before it has learned.");
        SuggestionList list = recommender.Recommend([.. inUse], count, [.. excluded]);
        return new(
            [
                .. list.Items.Select(i => new AdvisedService(
                    i.Service, i.Rank, i.Score, i.Reasons.IsEmpty ? null : i.Reasons[0].Service)),
            ],
            list.Fallback);
    }

    /// <inheritdoc/>
    public bool IsHeldOut(string customer, string salt, double share)
    {
        if (_holdout is not { } known || known.Salt != salt || known.Holdout.Share != share)
        {
            _holdout = known = (salt, new Holdout(salt, share));
        }

        return known.Holdout.Contains(customer);
    }

    private static ModelPackage Train(AdviserUsage usage)
    {
        Interaction[] used = [.. usage.Used.Select(u => new Interaction(u.Account, u.Service, 1, u.Began))];
        InteractionList data = new(used, usage.Accounts, usage.Services.Count);
        double[] popularity = data.DecayedUse(Options.HalfLifeDays);
        double most = Math.Max(popularity.Max(), double.Epsilon);
        return new ModelPackage
        {
            Name = "cloud-service-recommender",
            Options = Options,
            TrainedThrough = usage.Through,
            Services = [.. usage.Services],
            Accounts = [.. data.Matrix(Weighting.Binary).Sums()],
            Model = Rounded(new ModelTrainer(data).Train(Options, CancellationToken.None)),
            Fallback = [.. popularity.Select(p => Math.Round(p / most, Digits))],
            Calibration = new Calibration([], []),
        };
    }

    private static ItemModel Rounded(ItemModel model)
    {
        int size = model.Services;
        double[] weights = new double[size * size];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Round(model.Contribution(i / size, 1, i % size), Digits);
        }

        return new(size, weights, [.. Enumerable.Range(0, size).Select(i => Math.Round(model.Prior(i), Digits))]);
    }
}
