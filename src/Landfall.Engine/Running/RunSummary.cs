using System.Collections.Immutable;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>How a run went.</summary>
public sealed record RunSummary
{
    /// <summary>
    /// The run's id; empty where no run was recorded, because there was nothing to do or it was stopped before it did
    /// anything.
    /// </summary>
    public required string RunId { get; init; }

    /// <summary>How it ended.</summary>
    public required RunState State { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Seconds from start to end.</summary>
    public required double Seconds { get; init; }

    /// <summary>Its steps in the order they ended.</summary>
    public required ImmutableArray<StepResult> Steps { get; init; }

    /// <summary>Price of the CPU time that workers used, in the estate's currency.</summary>
    public required decimal ComputeCost { get; init; }

    /// <summary>What went wrong beside the steps; they are as <see cref="Steps"/> says all the same.</summary>
    public ImmutableArray<RunProblem> Problems { get; init; } = [];

    /// <summary>How many steps ended in a state.</summary>
    public int Count(StepState state) => Steps.Count(s => s.Outcome.State == state);
}
