using Landfall.Recommender.Training;

namespace Landfall.Recommender.Registry;

/// <summary>A registered version of a model. Immutable.</summary>
public sealed record ModelVersion
{
    /// <summary>Its number, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its algorithm and hyperparameters.</summary>
    public required ModelOptions Options { get; init; }

    /// <summary>Its file, relative to the product's folder of artifacts.</summary>
    public required string Artifact { get; init; }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The last day of its data.</summary>
    public required DateOnly TrainedThrough { get; init; }

    /// <summary>The versions of the tables it was made of, as JSON: <c>{"zone.unit.table": 7}</c>.</summary>
    public required string Inputs { get; init; }

    /// <summary>nDCG of its evaluation.</summary>
    public required double Ndcg { get; init; }

    /// <summary>Recall of its evaluation.</summary>
    public required double Recall { get; init; }

    /// <summary>Whether it met the promotion criteria.</summary>
    public required bool Passed { get; init; }

    /// <summary>Whether it may be promoted, and why.</summary>
    public required string PromotionReason { get; init; }

    /// <summary>The report, as JSON.</summary>
    public required string Report { get; init; }

    /// <summary>The card, in Markdown.</summary>
    public required string Card { get; init; }
}
