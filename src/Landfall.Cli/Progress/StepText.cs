using Landfall.Cli.Output;
using Landfall.Engine.Steps;

namespace Landfall.Cli.Progress;

/// <summary>Steps and outcomes as one phrase each, the same wherever progress is shown.</summary>
internal static class StepText
{
    /// <summary>What a step does and to what: <c>enrich billing.invoices.invoice_line</c>.</summary>
    public static string Name(StepNode step) => step.Kind == StepKind.Publish
        ? $"{Kind(step)} {step.Table.Zone}.{step.Table.Unit}"
        : $"{Kind(step)} {step.Key}";

    /// <summary>What a step does, in one lower-case word.</summary>
    public static string Kind(StepNode step) => step.Kind.ToString().ToLowerInvariant();

    /// <summary>How a step ended, in one word.</summary>
    public static string State(StepOutcome outcome) => outcome.State switch
    {
        StepState.UpToDate => "same",
        StepState.Done => "done",
        StepState.Failed => "FAILED",
        StepState.Skipped => "skip",
        _ => "stop",
    };

    /// <summary>Waits of fewer seconds than this are not worth a word.</summary>
    private const double NoticeableSeconds = 1;

    /// <summary>What came of a step: rows, bytes and time, or why there is nothing.</summary>
    public static string Result(StepOutcome outcome) => outcome.State switch
    {
        StepState.Done => Done(outcome),
        StepState.Failed => outcome.FailureCode,
        _ => outcome.Reason,
    };

    private static string Waited(StepOutcome outcome) =>
        outcome.WaitSeconds >= NoticeableSeconds ? $" after a wait of {Amount.Seconds(outcome.WaitSeconds)}" : "";

    private static string Done(StepOutcome outcome)
    {
        string quarantined = outcome.Quarantined > 0 ? $", {Amount.Count(outcome.Quarantined)} quarantined" : "";
        return $"{Amount.Count(outcome.Rows, "row")}{quarantined}, {Amount.Bytes(outcome.Bytes)}, "
            + Amount.Seconds(outcome.Seconds) + Waited(outcome);
    }
}
