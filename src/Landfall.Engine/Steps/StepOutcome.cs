using System.Collections.Immutable;

namespace Landfall.Engine.Steps;

/// <summary>What a step did.</summary>
public sealed record StepOutcome
{
    /// <summary>How it ended.</summary>
    public required StepState State { get; init; }

    /// <summary>Why it ran, or why it had nothing to do; one phrase.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Version committed; −1 for none.</summary>
    public long Version { get; init; } = -1;

    /// <summary>Rows written; for a land step rows or files read.</summary>
    public long Rows { get; init; }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; init; }

    /// <summary>Rows that were quarantined.</summary>
    public long Quarantined { get; init; }

    /// <summary>Things worth knowing that did not stop the step.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>What of the source was left out; the run is partial then.</summary>
    public ImmutableArray<LeftOut> LeftOut { get; init; } = [];

    /// <summary>Code of the failure; empty otherwise.</summary>
    public string FailureCode { get; init; } = "";

    /// <summary>What failed, what state the data is in and the next command; empty otherwise.</summary>
    public string FailureMessage { get; init; } = "";

    /// <summary>Seconds of work, from when it had its lock and its place to its end.</summary>
    public double Seconds { get; init; }

    /// <summary>
    /// Seconds before that, from when the steps before it had ended: for its table's lock, its pool and the machine.
    /// </summary>
    public double WaitSeconds { get; init; }

    /// <summary>An outcome without a commit.</summary>
    public static StepOutcome Nothing(string reason) => new() { State = StepState.UpToDate, Reason = reason };
}
