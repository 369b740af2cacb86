using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Linear;

namespace Landfall.Recommender.Training;

/// <summary>
/// Trains the linear item-to-item models: P = (G + diag(λ_j))⁻¹, B_ij = −P_ij·w_j with zeros on the diagonal, where w_j
/// is 1/P_jj, or, relaxed by ξ, the larger of λ_j and (1−ξ)/P_jj; with α, B_ij is scaled by (count_i/count_j)^α.
/// </summary>
public static class LinearTrainer
{
    /// <summary>Trains a model. A service that nobody uses has no influence and is never suggested by it.</summary>
    /// <param name="gram">The interactions; its β belongs to the model. Not changed.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="LandfallException">
    /// <c>LF4401</c>: the matrix is not positive definite, or holds NaN or infinity.
    /// </exception>
    public static ItemModel Train(GramMatrix gram, LinearOptions options, CancellationToken cancellationToken)
    {
        if (options.Beta != gram.Beta)
        {
            throw new ArgumentException($"The matrix was made with beta {gram.Beta}.", nameof(options));
        }

        int size = gram.Services;
        double[] ridge = RidgeOf(gram, options);
        double[] matrix = (double[])gram.Values.Clone();
        for (int j = 0; j < size; j++)
        {
            matrix[((long)j * size) + j] += ridge[j];
        }

        SymmetricInverse.Invert(matrix, size, cancellationToken);
        double[] scale = new double[size];
        for (int j = 0; j < size; j++)
        {
            double own = matrix[((long)j * size) + j];
            scale[j] = options.Xi is { } xi ? Math.Max(ridge[j], (1 - xi) / own) : 1 / own;
        }

        double[] power = [.. gram.Counts.Select(c => options.Alpha == 0 || c <= 0 ? 1 : Math.Pow(c, options.Alpha))];
        ParallelOptions parallel = new() { CancellationToken = cancellationToken };
        Parallel.For(0, size, parallel, i =>
        {
            Span<double> row = matrix.AsSpan(checked(i * size), size);
            for (int j = 0; j < size; j++)
            {
                // Minus nothing is nothing, not minus zero: equal models have equal bytes.
                row[j] = i == j || row[j] == 0 ? 0 : -row[j] * scale[j] * (power[i] / power[j]);
            }
        });
        return new(size, matrix, null);
    }

    private static double[] RidgeOf(GramMatrix gram, LinearOptions options)
    {
        double odds = options.Dropout / (1 - options.Dropout);
        double[] ridge = new double[gram.Services];
        for (int j = 0; j < ridge.Length; j++)
        {
            double own = options.RidgeByCount ? gram.Counts[j] : gram.Values[((long)j * gram.Services) + j];
            ridge[j] = options.Lambda + (odds * own);
        }

        return ridge;
    }
}
