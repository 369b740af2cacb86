namespace Landfall.Engine.Running;

/// <summary>How a run ended. What is none of these counts as a failure.</summary>
public enum RunState
{
    /// <summary>Nothing had changed; no table was committed.</summary>
    UpToDate,

    /// <summary>Every step is up to date or done.</summary>
    Succeeded,

    /// <summary>Every step came to its end, but parts of sources were left out, which wait.</summary>
    Partial,

    /// <summary>A step failed; what was downstream of it was skipped, everything else finished.</summary>
    Failed,

    /// <summary>The run was stopped; what was committed stays.</summary>
    Interrupted,
}
