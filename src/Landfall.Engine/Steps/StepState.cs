namespace Landfall.Engine.Steps;

/// <summary>How a step of a run ended.</summary>
public enum StepState
{
    /// <summary>Nothing had changed; no commit was made.</summary>
    UpToDate,

    /// <summary>The step's work is committed.</summary>
    Done,

    /// <summary>The step failed; its table is as it was before.</summary>
    Failed,

    /// <summary>A step it depends on failed; its table is as it was before.</summary>
    Skipped,

    /// <summary>The run was stopped while the step ran; its table is as it was before.</summary>
    Interrupted,
}
