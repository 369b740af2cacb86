using Landfall.Recommender.Data;

namespace Landfall.Recommender.Training;

/// <summary>Trains any model from interactions in memory.</summary>
/// <param name="interactions">The interactions.</param>
/// <param name="accounts">Accounts; numbers are below it.</param>
/// <param name="services">Services, at least 1; numbers are below it.</param>
public sealed class ModelTrainer(IReadOnlyCollection<Interaction> interactions, int accounts, int services)
{
    /// <summary>Trains a model.</summary>
    /// <exception cref="Landfall.Estate.LandfallException"><c>LF4401</c>: a linear model has no solution.</exception>
    public ItemModel Train(ModelOptions options, CancellationToken cancellationToken)
    {
        ItemModel model = options.Algorithm switch
        {
            ModelAlgorithm.Popularity => Baselines.Popularity(Matrix(Weighting.Binary)),
            ModelAlgorithm.RecentPopularity =>
                Baselines.RecentPopularity(interactions, services, options.RecentDays),
            ModelAlgorithm.ItemKnn => Baselines.ItemKnn(
                Matrix(Weighting.Binary), options.Neighbours, options.Shrinkage, cancellationToken),
            ModelAlgorithm.Sar => Baselines.Sar(Matrix(Weighting.Binary), options.Similarity, cancellationToken),
            _ => Linear(LinearOf(options), cancellationToken),
        };
        return options.PopularityWeight == 0 ? model : model.WithPrior(
        [
            .. Baselines.DecayedPopularity(interactions, services, options.HalfLifeDays)
                .Select((p, i) => model.Prior(i) + (options.PopularityWeight * Math.Log(1 + p))),
        ]);
    }

    /// <summary>The baskets that a model scores: with amounts and decay for SAR, of weight 1 for the others.</summary>
    public InteractionMatrix Baskets(ModelOptions options) => Matrix(options.Algorithm == ModelAlgorithm.Sar
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

    private ItemModel Linear(LinearOptions options, CancellationToken cancellationToken)
    {
        GramMatrix gram = new(services, options.Beta);
        gram.Add(Matrix(Weighting.Binary), cancellationToken);
        return LinearTrainer.Train(gram, options, cancellationToken);
    }

    private InteractionMatrix Matrix(Weighting weighting) =>
        InteractionMatrix.Of(interactions, accounts, services, weighting);
}
