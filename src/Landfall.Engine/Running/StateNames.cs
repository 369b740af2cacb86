using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>
/// The words for states in <c>runs/ID.json</c>, in the table of runs and on the command line; they stay as they are.
/// </summary>
public static class StateNames
{
    /// <summary><c>up-to-date</c>, <c>succeeded</c>, <c>partial</c>, <c>failed</c> or <c>interrupted</c>.</summary>
    public static string Of(RunState state) => state switch
    {
        RunState.UpToDate => "up-to-date",
        RunState.Succeeded => "succeeded",
        RunState.Partial => "partial",
        RunState.Failed => "failed",
        RunState.Interrupted => "interrupted",
        _ => "unknown",
    };

    /// <summary>
    /// <c>up-to-date</c>, <c>done</c>, <c>failed</c>, <c>skipped</c> or <c>interrupted</c>.
    /// </summary>
    public static string Of(StepState state) => state switch
    {
        StepState.UpToDate => "up-to-date",
        StepState.Done => "done",
        StepState.Failed => "failed",
        StepState.Skipped => "skipped",
        StepState.Interrupted => "interrupted",
        _ => "unknown",
    };
}
