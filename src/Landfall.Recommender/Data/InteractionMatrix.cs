namespace Landfall.Recommender.Data;

/// <summary>The weights of services by account, as compressed rows. Immutable; safe for concurrent use.</summary>
public sealed class InteractionMatrix
{
    private const double SecondsADay = 86_400;

    private readonly int[] _starts;
    private readonly int[] _services;
    private readonly double[] _weights;

    private InteractionMatrix(int services, int[] starts, int[] columns, double[] weights)
    {
        Services = services;
        _starts = starts;
        _services = columns;
        _weights = weights;
    }

    /// <summary>Accounts.</summary>
    public int Accounts => _starts.Length - 1;

    /// <summary>Services.</summary>
    public int Services { get; }

    /// <summary>The services of an account; empty where it has none.</summary>
    public Basket this[int account]
    {
        get
        {
            int start = _starts[account];
            int length = _starts[account + 1] - start;
            return new(_services.AsSpan(start, length), _weights.AsSpan(start, length));
        }
    }

    /// <summary>Makes the matrix of interactions, in any order.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="accounts">Accounts; numbers are below it.</param>
    /// <param name="services">Services; numbers are below it.</param>
    /// <param name="weighting">How weights come about.</param>
    public static InteractionMatrix Of(
        IReadOnlyCollection<Interaction> interactions, int accounts, int services, Weighting weighting)
    {
        long now = interactions.Count == 0 ? 0 : interactions.Max(i => i.Time);
        Interaction[] ordered = [.. interactions.OrderBy(i => i.Account).ThenBy(i => i.Service).ThenBy(i => i.Time)];
        int[] starts = new int[accounts + 1];
        List<int> columns = [];
        List<double> weights = [];
        int last = -1;
        foreach (Interaction interaction in ordered)
        {
            bool isNew = interaction.Account != last || columns[^1] != interaction.Service;
            if (isNew)
            {
                columns.Add(interaction.Service);
                weights.Add(0);
                starts[interaction.Account + 1]++;
                last = interaction.Account;
            }

            double weight = WeightOf(interaction, now, weighting);
            weights[^1] = weighting.Amounts ? weights[^1] + weight : Math.Max(weights[^1], weight);
        }

        for (int account = 0; account < accounts; account++)
        {
            starts[account + 1] += starts[account];
        }

        return new(services, starts, [.. columns], [.. weights]);
    }

    /// <summary>The same services, each of weight 1.</summary>
    public InteractionMatrix ToBinary()
    {
        double[] ones = new double[_weights.Length];
        Array.Fill(ones, 1);
        return new(Services, _starts, _services, ones);
    }

    /// <summary>The weights of each service, added up over accounts.</summary>
    public double[] Sums()
    {
        double[] sums = new double[Services];
        for (int i = 0; i < _services.Length; i++)
        {
            sums[_services[i]] += _weights[i];
        }

        return sums;
    }

    private static double WeightOf(Interaction interaction, long now, Weighting weighting)
    {
        double weight = weighting.Amounts ? interaction.Amount : 1;
        return weighting.HalfLifeDays == 0
            ? weight
            : weight * Math.Pow(2, (interaction.Time - now) / (SecondsADay * weighting.HalfLifeDays));
    }
}
