using System.Collections.Immutable;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Packages;

/// <summary>
/// Everything that scoring needs, as one immutable file: a model, the services it knows, what it falls back to and how
/// probable adoptions are. See <see cref="PackageFile"/> for the format.
/// </summary>
public sealed record ModelPackage
{
    /// <summary>Name of the model, the product's id.</summary>
    public required string Name { get; init; }

    /// <summary>The algorithm and its hyperparameters.</summary>
    public required ModelOptions Options { get; init; }

    /// <summary>The last day of the data it was trained on.</summary>
    public required DateOnly TrainedThrough { get; init; }

    /// <summary>Services in the order of their numbers, which is that of their UTF-16 code units.</summary>
    public required ImmutableArray<string> Services { get; init; }

    /// <summary>Accounts that used each service, by number.</summary>
    public required ImmutableArray<double> Accounts { get; init; }

    /// <summary>Scores baskets.</summary>
    public required ItemModel Model { get; init; }

    /// <summary>Scores accounts of which nothing is known: recent popularity, 0 to 1.</summary>
    public required ImmutableArray<double> Fallback { get; init; }

    /// <summary>Scores as probabilities of adoption.</summary>
    public required Calibration Calibration { get; init; }
}
