using System.Collections.Immutable;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Planning;

/// <summary>What a step of a plan would do, and why.</summary>
public sealed record PlannedStep
{
    /// <summary>The step.</summary>
    public required StepNode Step { get; init; }

    /// <summary>Whether it would run.</summary>
    public required bool WillRun { get; init; }

    /// <summary>
    /// Whether a run would refuse it; the reason says why. What depends on it is not brought up to date.
    /// </summary>
    public bool IsRefused { get; init; }

    /// <summary>Why it would run, is refused, or that it is up to date; one phrase.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// For a build by parts: the values of its incremental column that would be built anew, as far as known; null is
    /// one of them.
    /// </summary>
    public ImmutableArray<string?> Values { get; init; } = [];

    /// <summary>What it reads of other zones, and which agreement permits it.</summary>
    public ImmutableArray<PlannedRead> Reads { get; init; } = [];
}
