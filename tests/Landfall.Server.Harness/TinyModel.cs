using System.Collections.Immutable;
using Landfall.Recommender.Data;
using Landfall.Recommender.Scoring;
using Landfall.Recommender.Training;
using Landfall.Server.Models;

namespace Landfall.Server.Harness;

/// <summary>
/// A model of a few services whose numbers can be worked out by hand: B of (i, j) is 1/(1+|i-j|), and the prior of j is
/// j/1000.
/// </summary>
public sealed class TinyModel : IDeployedModel
{
    private readonly ItemModel _model;

    public TinyModel(int version, int services = 6)
    {
        Names = [.. Enumerable.Range(0, services).Select(i => $"service-{i}")];
        double[] weights = new double[services * services];
        for (int i = 0; i < services; i++)
        {
            for (int j = 0; j < services; j++)
            {
                weights[(i * services) + j] = i == j ? 0 : 1.0 / (1 + Math.Abs(i - j));
            }
        }

        _model = new(services, weights, [.. Enumerable.Range(0, services).Select(j => j / 1000.0)]);
        Identity = new("tiny", version, new string('a', 64), new DateOnly(2026, 11, 1));
    }

    public ImmutableArray<string> Names { get; }

    public ModelIdentity Identity { get; }

    public SuggestionList Recommend(
        IReadOnlyCollection<string> services, int count, IReadOnlyCollection<string> excluded)
    {
        int[] used = [.. services.Select(s => Names.IndexOf(s)).Where(i => i >= 0).Distinct().Order()];
        double[] scores = new double[Names.Length];
        _model.Score(new Basket(used, [.. used.Select(_ => 1.0)]), scores);
        return new(
            [
                .. Enumerable.Range(0, Names.Length)
                    .Where(j => !used.Contains(j) && !excluded.Contains(Names[j]))
                    .OrderByDescending(j => scores[j]).ThenBy(j => j).Take(count)
                    .Select((j, i) => new Suggestion(
                        i + 1, Names[j], scores[j], 1 / (1 + Math.Exp(-scores[j])), Reasons(used, j))),
            ],
            used.Length == 0,
            services.Count - used.Length);
    }

    private ImmutableArray<Reason> Reasons(int[] used, int target) =>
    [
        .. used.Select(i => new Reason(Names[i], _model.Contribution(i, 1, target)))
            .OrderByDescending(r => r.Contribution).Take(3),
    ];
}
