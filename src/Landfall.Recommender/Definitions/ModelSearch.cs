using System.Collections.Immutable;

namespace Landfall.Recommender.Definitions;

/// <summary>Values to try for each hyperparameter of a model; every combination is one candidate.</summary>
public sealed record ModelSearch
{
    /// <summary>Ridges, each above 0.</summary>
    public required ImmutableArray<double> Lambda { get; init; }

    /// <summary>Dropouts, each 0 up to but not 1.</summary>
    public required ImmutableArray<double> Dropout { get; init; }

    /// <summary>How much frequent services are held back, each 0 to 1.</summary>
    public required ImmutableArray<double> Alpha { get; init; }

    /// <summary>Parts of their own weight that services may keep, each 0 up to but not 1.</summary>
    public required ImmutableArray<double> Xi { get; init; }

    /// <summary>Weights of recent popularity in the score, each 0 or more.</summary>
    public required ImmutableArray<double> PopularityWeight { get; init; }
}
