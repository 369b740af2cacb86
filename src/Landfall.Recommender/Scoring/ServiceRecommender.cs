using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Landfall.Recommender.Data;
using Landfall.Recommender.Evaluation;
using Landfall.Recommender.Packages;

namespace Landfall.Recommender.Scoring;

/// <summary>
/// Suggests services: the one way of scoring, for batches, the endpoint and evaluation alike. Safe for concurrent use.
/// </summary>
public sealed class ServiceRecommender
{
    private const int MostReasons = 3;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Makes a recommender of a package.</summary>
    public ServiceRecommender(ModelPackage package)
    {
        Package = package;
        for (int i = 0; i < package.Services.Length; i++)
        {
            _numbers.Add(package.Services[i], i);
        }
    }

    /// <summary>What it scores with.</summary>
    public ModelPackage Package { get; }

    /// <summary>
    /// Suggests services that are not in use. Services that the model does not know count for nothing; where it knows
    /// none of them, what is popular lately is suggested.
    /// </summary>
    /// <param name="services">Services in use, in any order; those named twice count once.</param>
    /// <param name="count">At most so many suggestions, at least 1.</param>
    /// <param name="excluded">Services not to suggest; may be unknown.</param>
    public SuggestionList Recommend(
        IReadOnlyCollection<string> services, int count, IReadOnlyCollection<string> excluded)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int[] known = Known(services, out int unknown);
        int size = Package.Services.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(size);
        Span<double> scores = rented.AsSpan(0, size);
        try
        {
            Score(known, scores);
            foreach (int service in known)
            {
                scores[service] = double.NegativeInfinity;
            }

            foreach (string service in excluded)
            {
                if (_numbers.TryGetValue(service, out int number))
                {
                    scores[number] = double.NegativeInfinity;
                }
            }

            int[] best = TopList.Of(scores, count);
            var items = ImmutableArray.CreateBuilder<Suggestion>(best.Length);
            foreach (int service in best)
            {
                items.Add(Explain(items.Count + 1, service, scores[service], known));
            }

            return new(items.MoveToImmutable(), known.Length == 0, unknown);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Numbers of the services that the model knows, rising, each once.</summary>
    private int[] Known(IReadOnlyCollection<string> services, out int unknown)
    {
        int[] numbers = new int[services.Count];
        int count = 0;
        foreach (string service in services)
        {
            if (_numbers.TryGetValue(service, out int number))
            {
                numbers[count++] = number;
            }
        }

        unknown = numbers.Length - count;
        Array.Sort(numbers, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || numbers[i] != numbers[i - 1])
            {
                numbers[distinct++] = numbers[i];
            }
        }

        return distinct == numbers.Length ? numbers : numbers[..distinct];
    }

    private void Score(int[] known, Span<double> scores)
    {
        if (known.Length == 0)
        {
            Package.Fallback.CopyTo(scores);
            return;
        }

        double[] weights = new double[known.Length];
        Array.Fill(weights, 1);
        Package.Model.Score(new Basket(known, weights), scores);
    }

    private Suggestion Explain(int rank, int service, double score, int[] known) => new(
        rank,
        Package.Services[service],
        score,
        known.Length == 0 ? null : Package.Calibration.Of(score),
        Reasons(service, known));

    /// <summary>The few that contribute most; among equal ones the lower number first.</summary>
    private ImmutableArray<Reason> Reasons(int target, int[] known)
    {
        Span<(int Service, double Contribution)> best = stackalloc (int, double)[MostReasons];
        int count = 0;
        foreach (int service in known)
        {
            double contribution = Package.Model.Contribution(service, 1, target);
            if (contribution <= 0 || (count == MostReasons && contribution <= best[^1].Contribution))
            {
                continue;
            }

            int at = count < MostReasons ? count++ : count - 1;
            for (; at > 0 && contribution > best[at - 1].Contribution; at--)
            {
                best[at] = best[at - 1];
            }

            best[at] = (service, contribution);
        }

        Reason[] reasons = new Reason[count];
        for (int i = 0; i < count; i++)
        {
            reasons[i] = new(Package.Services[best[i].Service], best[i].Contribution);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(reasons);
    }
}
