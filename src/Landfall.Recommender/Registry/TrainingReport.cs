using System.Collections.Immutable;
using Landfall.Recommender.Temporal;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Registry;

/// <summary>What was learned from, what was tried, how the best did and whether it may be promoted.</summary>
public sealed record TrainingReport
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>First day of the data.</summary>
    public required DateOnly DataFrom { get; init; }

    /// <summary>Last day of the data.</summary>
    public required DateOnly DataThrough { get; init; }

    /// <summary>Accounts.</summary>
    public required int Accounts { get; init; }

    /// <summary>Customers.</summary>
    public required int Customers { get; init; }

    /// <summary>Services.</summary>
    public required int Services { get; init; }

    /// <summary>First days of the periods that were measured.</summary>
    public required ImmutableArray<DateOnly> CutOffs { get; init; }

    /// <summary>Days of each period.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>
    /// First day of the period on which hyperparameters were chosen; it ends before the first measured one.
    /// </summary>
    public required DateOnly InnerCutOff { get; init; }

    /// <summary>Hyperparameters tried, with their nDCG on the inner period.</summary>
    public required ImmutableArray<Trial> Trials { get; init; }

    /// <summary>The hyperparameters chosen.</summary>
    public required ModelOptions Chosen { get; init; }

    /// <summary>The candidate, the champion where there is one, and the baselines.</summary>
    public required ImmutableArray<ContenderResult> Results { get; init; }

    /// <summary>The candidate against each of the others.</summary>
    public required ImmutableArray<Comparison> Comparisons { get; init; }

    /// <summary>Confidence of the intervals.</summary>
    public required double Confidence { get; init; }

    /// <summary>Whether it may be promoted, and why.</summary>
    public required PromotionDecision Promotion { get; init; }
}
