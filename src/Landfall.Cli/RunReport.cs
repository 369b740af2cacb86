using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Cli.Output;
using Landfall.Cli.Progress;
using Landfall.Engine;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;

namespace Landfall.Cli;

/// <summary>
/// How a run ended: each failure with the state of the data and the next command, then one line of totals.
/// </summary>
internal static class RunReport
{
    /// <summary>Prints the report: the totals are the command's result, the failures are for people.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="session">The open estate.</param>
    /// <param name="summary">The run.</param>
    /// <param name="unlanded">Steps for which nothing was ever landed, nor was by this run.</param>
    public static void Print(
        CommandContext context, EngineSession session, RunSummary summary, ImmutableArray<StepNode> unlanded = default)
    {
        CliOutput output = context.Output;
        foreach (StepNode step in unlanded.IsDefault ? [] : unlanded)
        {
            output.Fail("LF4011", Unlanded(step));
        }

        foreach (StepResult result in summary.Steps)
        {
            foreach (string warning in result.Outcome.Warnings)
            {
                output.WriteInfo($"{output.PeopleInk.Yellow("warning")} {result.Step.Key}: {warning}");
            }
        }

        foreach (StepResult result in summary.Steps)
        {
            foreach (LeftOut part in result.Outcome.LeftOut)
            {
                output.Fail(part.Code, $"{StepText.Name(result.Step)}: {part} was left out. Everything else landed.");
            }
        }

        foreach (StepResult result in summary.Steps.Where(r => r.Outcome.State == StepState.Failed))
        {
            StepOutcome outcome = result.Outcome;
            output.Fail(outcome.FailureCode, $"{StepText.Name(result.Step)}: {outcome.FailureMessage}");
        }

        foreach (RunProblem problem in summary.Problems)
        {
            output.Fail(problem.Code, problem.Message);
        }

        Write(output, session, summary, unlanded is { IsDefaultOrEmpty: false });
        Advise(context, summary);
    }

    private static string Unlanded(StepNode step) =>
        $"{step.Table} has no data yet: nothing was landed of {step.Zone.Id}.{step.UnitId}, and its landing was not "
        + $"selected. Nothing was built. Land it too with: landfall run --select +{step.Table}";

    /// <summary>The totals of a run in one line.</summary>
    public static string Totals(RunSummary summary, string currency)
    {
        if (summary.State == RunState.UpToDate)
        {
            return $"Everything is up to date: {Amount.Count(summary.Steps.Length, "step")} checked in "
                + $"{Amount.Seconds(summary.Seconds)}, nothing committed.";
        }

        List<string> counts = [];
        Add(counts, summary.Count(StepState.Done), "done");
        Add(counts, summary.Count(StepState.UpToDate), "up to date");
        Add(counts, summary.Count(StepState.Failed), "failed");
        Add(counts, summary.Count(StepState.Skipped), "skipped");
        Add(counts, summary.Count(StepState.Interrupted), "stopped");
        Add(counts, summary.Steps.Sum(s => s.Outcome.LeftOut.Length), "left out");
        long rows = summary.Steps.Where(s => s.Step.Kind is StepKind.Enrich or StepKind.Build)
            .Sum(s => s.Outcome.Rows);
        string cost = summary.ComputeCost.ToString("0.0000", CultureInfo.InvariantCulture);
        string run = summary.RunId.Length > 0
            ? $"Run {summary.RunId} {StateNames.Of(summary.State)}"
            : $"The run was {StateNames.Of(summary.State)} before it recorded anything";
        long bad = summary.Steps.Sum(s => s.Outcome.Quarantined);
        string quarantined = bad > 0 ? $"{Amount.Count(bad)} quarantined, " : "";
        return $"{run}: {string.Join(", ", counts)}; {Amount.Count(rows, "row")}, {quarantined}"
            + $"{Amount.Bytes(summary.Steps.Sum(s => s.Outcome.Bytes))}, {Amount.Seconds(summary.Seconds)}, "
            + $"{cost} {currency}.";
    }

    private static void Add(List<string> counts, int count, string word)
    {
        if (count > 0)
        {
            counts.Add($"{count} {word}");
        }
    }

    private static void Write(CliOutput output, EngineSession session, RunSummary summary, bool hasUnlanded)
    {
        if (output.Format == OutputFormat.Table)
        {
            output.WriteText(
                hasUnlanded && summary.State == RunState.UpToDate
                    ? $"{Amount.Count(summary.Steps.Length, "step")} checked, nothing committed."
                    : Totals(summary, session.Estate.Currency));
            return;
        }

        JsonObject json = RunFile.ToJson(summary);
        string[] keys = ["run", "state", "started", "seconds", "computeCost"];
        IRowWriter rows = output.Rows([.. keys.Append("steps").Select(k => new OutputColumn(k))]);
        object? steps = output.Format == OutputFormat.Json ? json["steps"] : summary.Steps.Length;
        rows.Write([.. keys.Select(k => Plain(json[k])), steps]);
        rows.End();
    }

    /// <summary>CSV has no JSON texts in quotation marks.</summary>
    private static object? Plain(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : node;

    private static void Advise(CommandContext context, RunSummary summary)
    {
        string again = context.Invocation("run");
        foreach (StepResult step in summary.Steps.Where(s => s.Outcome.Quarantined > 0))
        {
            context.Output.WriteInfo(
                $"Quarantined of {step.Step.Table}: {Amount.Count(step.Outcome.Quarantined, "row")}. See by "
                + $"which rules with: {context.Invocation($"quarantine {step.Step.Table}")}");
        }

        if (summary.State == RunState.Interrupted)
        {
            context.Output.WriteInfo("Stopped. What was committed stays; every other table is as it was. "
                + $"Continue with: {again}");
        }
        else if (summary.State == RunState.Partial)
        {
            context.Output.WriteInfo("What was left out waits for its source to mend it. A file can be kept from "
                + "landing with a name that begins with '.' or '_', and a relation by taking its table out of "
                + $"integration.yaml. Then: {again}");
        }
        else if (summary.State == RunState.Failed)
        {
            context.Output.WriteInfo("Every failed or skipped table is as it was. "
                + $"Details: {context.Invocation("logs " + summary.RunId)}. When the cause is gone: {again}");
        }
    }
}
