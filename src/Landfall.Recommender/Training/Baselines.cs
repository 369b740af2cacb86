using Landfall.Recommender.Data;

namespace Landfall.Recommender.Training;

/// <summary>Models that a new one must beat.</summary>
public static class Baselines
{
    /// <summary>The services that most accounts use, the same for everybody.</summary>
    public static ItemModel Popularity(InteractionMatrix interactions) =>
        new(interactions.Services, null, interactions.Sums());

    /// <summary>Item-kNN: of every service its nearest services count, by cosine.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="neighbours">Nearest services of each that count, at least 1.</param>
    /// <param name="shrinkage">Added below the fraction, 0 or more: holds back what few accounts share.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ItemModel ItemKnn(
        InteractionMatrix interactions, int neighbours, double shrinkage, CancellationToken cancellationToken)
    {
        double[] alike = Alike(interactions, Similarity.Cosine, shrinkage, cancellationToken);
        int size = interactions.Services;
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        Parallel.For(0, size, options, target => KeepNearest(alike, size, target, neighbours));
        return new(size, alike, null);
    }

    /// <summary>
    /// SAR: weights times similarities, as in Microsoft's Recommenders. Weights of the basket carry amounts and decay.
    /// </summary>
    /// <param name="interactions">The interactions; only which account uses which service counts.</param>
    /// <param name="similarity">How alike services are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ItemModel Sar(
        InteractionMatrix interactions, Similarity similarity, CancellationToken cancellationToken) =>
        new(interactions.Services, Alike(interactions, similarity, 0, cancellationToken), null);

    private static double[] Alike(
        InteractionMatrix interactions, Similarity similarity, double shrinkage, CancellationToken cancellationToken)
    {
        GramMatrix gram = new(interactions.Services);
        gram.Add(interactions.ToBinary(), cancellationToken);
        int size = gram.Services;
        double[] own = [.. gram.Counts];
        double[] values = gram.Values;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = values.AsSpan(checked(i * size), size);
            for (int j = 0; j < size; j++)
            {
                row[j] = row[j] == 0 ? 0 : Of(similarity, row[j], own[i], own[j], shrinkage);
            }
        }

        return values;
    }

    private static double Of(Similarity similarity, double both, double one, double other, double shrinkage) =>
        similarity switch
        {
            Similarity.Jaccard => both / (one + other - both),
            Similarity.Lift => both / (one * other),
            Similarity.Cosine => both / (Math.Sqrt(one * other) + shrinkage),
            _ => both,
        };

    /// <summary>Ties go to the lower number.</summary>
    private static void KeepNearest(double[] alike, int size, int target, int neighbours)
    {
        foreach (int far in Enumerable.Range(0, size).Where(i => i != target)
            .OrderByDescending(i => alike[((long)i * size) + target]).Skip(neighbours).Append(target))
        {
            alike[((long)far * size) + target] = 0;
        }
    }
}
