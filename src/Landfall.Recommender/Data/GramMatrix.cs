using Landfall.Estate;

namespace Landfall.Recommender.Data;

/// <summary>
/// What a linear model needs of the interactions: G = Xᵀ·diag(|x_u|^-β)·X, and how many accounts use each service. It
/// adds up over accounts, so that what changed can be added and taken away. Not safe for concurrent use.
/// </summary>
public sealed class GramMatrix
{
    /// <summary>The most services: an array has no more than 2³¹ numbers.</summary>
    public const int ServicesMax = 46_340;

    /// <summary>Makes the matrix of no accounts.</summary>
    /// <param name="services">Services, 1 to <see cref="ServicesMax"/>.</param>
    /// <param name="beta">
    /// How much accounts with many services are held back, 0 (not at all) to 1; Park et al., "Why is Normalization
    /// Necessary for Linear Recommenders?", SIGIR 2025.
    /// </param>
    /// <exception cref="LandfallException"><c>LF4409</c>: there are too many services.</exception>
    public GramMatrix(int services, double beta = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(services, 1);
        if (services > ServicesMax)
        {
            throw new LandfallException(
                "LF4409",
                $"A model of this kind has at most {ServicesMax} services, and here are {services}. Nothing was "
                + "trained. Leave out services that few use, or join those that belong together.");
        }

        Services = services;
        Beta = beta;
        Values = new double[(long)services * services];
        Counts = new double[services];
    }

    /// <summary>Services.</summary>
    public int Services { get; }

    /// <summary>The exponent that holds back accounts with many services.</summary>
    public double Beta { get; }

    /// <summary>Row by row; symmetric.</summary>
    public double[] Values { get; }

    /// <summary>The sum of weights of each service: accounts, where weights are 1.</summary>
    public double[] Counts { get; }

    /// <summary>Makes the matrix of some accounts.</summary>
    public static GramMatrix Of(InteractionMatrix interactions, double beta, CancellationToken cancellationToken)
    {
        GramMatrix gram = new(interactions.Services, beta);
        gram.Add(interactions, cancellationToken);
        return gram;
    }

    /// <summary>Adds all accounts of a matrix, in parallel; the result does not depend on the threads.</summary>
    public void Add(InteractionMatrix interactions, CancellationToken cancellationToken)
    {
        ParallelOptions options = new() { CancellationToken = cancellationToken };
        int stripes = Math.Min(Services, 4 * Environment.ProcessorCount);
        Parallel.For(0, stripes, options, stripe =>
        {
            int first = (int)((long)Services * stripe / stripes);
            int end = (int)((long)Services * (stripe + 1) / stripes);
            for (int account = 0; account < interactions.Accounts; account++)
            {
                AddRows(interactions[account], first, end, 1);
            }
        });
    }

    /// <summary>Adds an account, or takes it away again.</summary>
    /// <param name="basket">Its services.</param>
    /// <param name="sign">1 to add, -1 to take away.</param>
    public void Add(Basket basket, double sign = 1) => AddRows(basket, 0, Services, sign);

    private void AddRows(Basket basket, int first, int end, double sign)
    {
        ReadOnlySpan<int> services = basket.Services;
        int from = services.BinarySearch(first);
        from = from < 0 ? ~from : from;
        if (from == services.Length || services[from] >= end)
        {
            return;
        }

        double share = sign * ShareOf(basket);
        for (int i = from; i < services.Length && services[i] < end; i++)
        {
            Counts[services[i]] += sign * basket.Weights[i];
            Span<double> row = Values.AsSpan(checked(services[i] * Services), Services);
            double weight = share * basket.Weights[i];
            for (int j = 0; j < services.Length; j++)
            {
                row[services[j]] += weight * basket.Weights[j];
            }
        }
    }

    private double ShareOf(Basket basket)
    {
        if (Beta == 0)
        {
            return 1;
        }

        double sum = 0;
        foreach (double weight in basket.Weights)
        {
            sum += weight;
        }

        return sum > 0 ? Math.Pow(sum, -Beta) : 0;
    }
}
