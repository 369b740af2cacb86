using Landfall.Recommender.Data;

namespace Landfall.Recommender.Training;

/// <summary>Trains any model.</summary>
/// <param name="data">What to learn from.</param>
public sealed class ModelTrainer(ITrainingData data)
{
    /// <summary>Trains a model.</summary>
    /// <exception cref="Landfall.Estate.LandfallException"><c>LF4401</c>: a linear model has no solution.</exception>
    public ItemModel Train(ModelOptions options, CancellationToken cancellationToken)
    {
        ItemModel model = options.Algorithm switch
        {
            ModelAlgorithm.Popularity => Baselines.Popularity(data.Matrix(Weighting.Binary)),
            ModelAlgorithm.RecentPopularity => new(data.Services, null, data.RecentUse(options.RecentDays)),
            ModelAlgorithm.ItemKnn => Baselines.ItemKnn(
                data.Matrix(Weighting.Binary), options.Neighbours, options.Shrinkage, cancellationToken),
            ModelAlgorithm.Sar => Baselines.Sar(data.Matrix(Weighting.Binary), options.Similarity, cancellationToken),
            _ => Linear(LinearOf(options), cancellationToken),
        };
        return options.PopularityWeight == 0 ? model : model.WithPrior(
        [
            .. data.DecayedUse(options.HalfLifeDays)
                .Select((p, i) => model.Prior(i) + (options.PopularityWeight * Math.Log(1 + p))),
        ]);
    }

    /// <summary>The baskets that a model scores: with amounts and decay for SAR, of weight 1 for the others.</summary>
    public InteractionMatrix Baskets(ModelOptions options) => data.Matrix(options.Algorithm == ModelAlgorithm.Sar
        ? new Weighting { Amounts = true, HalfLifeDays = options.HalfLifeDays }
        : Weighting.Binary);

    private static LinearOptions LinearOf(ModelOptions options) => options.Algorithm switch
    {
        ModelAlgorithm.Ease => new() { Lambda = options.Lambda },
        ModelAlgorithm.Edlae => new() { Lambda = options.Lambda, Dropout = options.Dropout },
        ModelAlgorithm.Rlae => new() { Lambda = options.Lambda, Dropout = options.Dropout, Xi = options.Xi ?? 0 },
        _ => new()
        {
            Lambda = options.Lambda, Dropout = options.Dropout, Xi = options.Xi, Alpha = options.Alpha,
            Beta = options.Beta, RidgeByCount = true,
        },
    };

    private ItemModel Linear(LinearOptions options, CancellationToken cancellationToken) =>
        LinearTrainer.Train(data.Gram(options.Beta, cancellationToken), options, cancellationToken);
}
