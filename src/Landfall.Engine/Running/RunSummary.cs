using System.Collections.Immutable;

namespace Landfall.Engine.Running;

/// <summary>How a run went.</summary>
public sealed record RunSummary
{
    /// <summary>The run's id; empty where nothing had to be done and no run was recorded.</summary>
    public required string RunId { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c>, <c>interrupted</c> or <c>up-to-date</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Seconds from start to end.</summary>
    public required double Seconds { get; init; }

    /// <summary>Its steps in the order they ended.</summary>
    public required ImmutableArray<StepResult> Steps { get; init; }

    /// <summary>Price of the CPU time that workers used, in the estate's currency.</summary>
    public required decimal ComputeCost { get; init; }

    /// <summary>How many steps ended in a state.</summary>
    public int Count(StepState state) => Steps.Count(s => s.Outcome.State == state);
}
