using System.Buffers;
using System.Collections.Immutable;
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
        int[] known = [.. services.Select(Number).Where(n => n >= 0).Distinct().Order()];
        int unknown = services.Count(s => !_numbers.ContainsKey(s));
        int size = Package.Services.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(size);
        Span<double> scores = rented.AsSpan(0, size);
        try
        {
            Score(known, scores);
            Leave(scores, known);
            Leave(scores, excluded.Select(Number).Where(n => n >= 0));
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

    private int Number(string service) => _numbers.GetValueOrDefault(service, -1);

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

    private static void Leave(Span<double> scores, IEnumerable<int> services)
    {
        foreach (int service in services)
        {
            scores[service] = double.NegativeInfinity;
        }
    }

    private Suggestion Explain(int rank, int service, double score, int[] known) => new(
        rank,
        Package.Services[service],
        score,
        known.Length == 0 ? null : Package.Calibration.Of(score),
        [
            .. known.Select(n => new Reason(Package.Services[n], Package.Model.Contribution(n, 1, service)))
                .Where(r => r.Contribution > 0)
                .OrderByDescending(r => r.Contribution)
                .Take(MostReasons),
        ]);
}
