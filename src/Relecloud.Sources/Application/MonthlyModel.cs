using Landfall.Recommender.Data;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;
using Landfall.Recommender.Training;
using Relecloud.Sources.Customers;

namespace Relecloud.Sources.Application;

/// <summary>The model that answers on a day: trained on what accounts used before, anew each month.</summary>
internal sealed class MonthlyModel(World world)
{
    private const int SecondsADay = 86_400;

    // So that the last bits of a solve, which differ between processors, decide no order.
    private const int Digits = 9;
    private static readonly ModelOptions Options = new()
    {
        Algorithm = ModelAlgorithm.Ease,
        Lambda = 20,
        PopularityWeight = 0.02,
        HalfLifeDays = 14,
    };

    private readonly string[] _names = [.. world.Catalogue.Services.Select(s => s.Id)];
    private ServiceRecommender? _recommender;
    private int _month;

    /// <summary>Number of the model that answered last, from 1.</summary>
    public int Version { get; private set; }

    /// <summary>The recommender of a day. Days are asked for in order.</summary>
    public ServiceRecommender On(int day)
    {
        DateOnly date = world.DateOf(day);
        int month = (date.Year * 12) + date.Month;
        if (_recommender is null || month != _month)
        {
            _recommender = new ServiceRecommender(Train(day));
            _month = month;
            Version++;
        }

        return _recommender;
    }

    private ModelPackage Train(int day)
    {
        // Times count from a start far enough back that they are not negative.
        Interaction[] used =
        [
            .. world.Histories.SelectMany(h => h.Subscriptions.Concat(h.Caused).Where(s => s.StartDay < day).Select(
                s => new Interaction(h.Account.Index, s.Service, 1, (s.StartDay + 1000L) * SecondsADay))),
        ];
        InteractionList data = new(used, world.Histories.Count, _names.Length);
        double[] popularity = data.DecayedUse(Options.HalfLifeDays);
        double most = Math.Max(popularity.Max(), double.Epsilon);
        return new ModelPackage
        {
            Name = "cloud-service-recommender",
            Options = Options,
            TrainedThrough = world.DateOf(day - 1),
            Services = [.. _names],
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
