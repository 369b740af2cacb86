using System.Collections.Immutable;
using Landfall.Cli.Demo;
using Landfall.Cli.Output;
using Landfall.Cli.Progress;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Evolution;
using Landfall.Engine.Planning;
using Landfall.Estate.Diagnostics;

namespace Landfall.Cli.Commands;

/// <summary><c>plan</c>: what a run would do and why.</summary>
internal sealed class PlanCommand : LandfallCommand
{
    private const int ShownValues = 12;
    private const string OrphanReason = "no file of the estate declares it any more";

    private readonly SelectionOptions _selection = new();

    public PlanCommand()
        : base(
            "plan",
            "Show what a run would do and why, and what permits each read of another zone. Changes nothing.",
            "plan",
            "plan --select revenue-by-service+",
            "plan --select state:modified --format json") => _selection.AddTo(this);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        new DemoSources(context).AdviseIfStopped(session.Estate);
        (EstateAnalysis analysis, ImmutableArray<Diagnostic> problems) =
            await context.InspectAsync(session, cancellationToken);
        ImmutableArray<Diagnostic> ofPolicies = PolicyTools.Diagnose(session.Estate, context.Clock);
        foreach (Diagnostic problem in ofPolicies)
        {
            context.Output.Report(problem);
        }

        problems = problems.AddRange(ofPolicies);
        if (problems.Any(p => p.Severity == Severity.Error))
        {
            await WriteContractsAsync(context, session, analysis, cancellationToken);
            throw CommandContext.Invalid(problems);
        }

        Plan plan = await new EstatePlanner(session, analysis).PlanAsync(
            context.Arguments.GetValue(_selection.Select) ?? [],
            context.Arguments.GetValue(_selection.Exclude) ?? [],
            context.Arguments.GetValue(_selection.FullRefresh),
            cancellationToken);
        if (context.Output.Format == OutputFormat.Table)
        {
            WriteTree(context, plan);
        }
        else
        {
            WriteRows(context.Output, plan);
        }

        return plan.Steps.Any(s => s.IsRefused) ? ExitCodes.Failure : ExitCodes.Success;
    }

    /// <summary>An estate with errors has no plan, but whom its changes reach can be said.</summary>
    private static async Task WriteContractsAsync(
        CommandContext context, EngineSession session, EstateAnalysis analysis, CancellationToken cancellationToken)
    {
        foreach (PlannedContract change in await new DriftReader(session).PlanAsync(analysis.Reads, cancellationToken))
        {
            ContractText.Write(context.Output, change);
        }
    }

    private static void WriteTree(CommandContext context, Plan plan)
    {
        CliOutput output = context.Output;
        foreach (PlannedContract change in plan.Contracts)
        {
            ContractText.Write(output, change);
        }

        foreach (PlannedStep step in plan.Steps.Where(s => s.WillRun))
        {
            output.WriteText($"{output.DataInk.Green("run")}  {StepText.Name(step.Step)}: {step.Reason}");
            if (step.Values.Length > 0)
            {
                output.WriteText($"       builds anew: {Values(step.Values)}");
            }

            foreach (PlannedRead read in step.Reads)
            {
                output.WriteText(output.DataInk.Faint($"       reads {read.Table}, permitted by {read.Permission}"));
            }
        }

        foreach (PlannedStep step in plan.Steps.Where(s => s.IsRefused))
        {
            output.WriteText($"{output.DataInk.Red("refused")}  {StepText.Name(step.Step)}: {step.Reason}");
        }

        foreach (string orphan in plan.Orphans)
        {
            output.WriteText($"{output.DataInk.Yellow("orphan")}  {orphan}: {OrphanReason}; kept as it is");
        }

        int refused = plan.Steps.Count(s => s.IsRefused);
        int idle = plan.Steps.Length - plan.WillRun - refused;
        output.WriteText(plan.WillRun == 0 && refused == 0
            ? $"Everything is up to date: {Amount.Count(plan.Steps.Length, "step")} checked."
            : $"{Amount.Count(plan.WillRun, "step")} to run, {(refused > 0 ? $"{refused} refused, " : "")}"
              + $"{idle} up to date. "
              + $"Run them with: {context.Invocation("run")}");
    }

    private static string Values(ImmutableArray<string?> values)
    {
        string shown = string.Join(", ", values.Take(ShownValues).Select(v => v ?? "null"));
        return values.Length > ShownValues ? $"{shown} and {values.Length - ShownValues} more" : shown;
    }

    private static void WriteRows(CliOutput output, Plan plan)
    {
        string[] none = [];
        IRowWriter rows = output.Rows(
            new("step"), new("kind"), new("run"), new("reason"), new("values"), new("reads"), new("consumers"));
        foreach (PlannedContract change in plan.Contracts)
        {
            string[] consumers = [.. change.Consumers.Select(ContractText.Name)];
            string table = change.Drift.Table.Name.ToString();
            rows.Write([table, "contract", true, ContractText.Reason(change), none, none, consumers]);
        }

        foreach (PlannedStep step in plan.Steps)
        {
            string[] reads = [.. step.Reads.Select(r => $"{r.Table}: {r.Permission}")];
            string?[] values = [.. step.Values];
            rows.Write([step.Step.Key, StepText.Kind(step.Step), step.WillRun, step.Reason, values, reads, none]);
        }

        foreach (string orphan in plan.Orphans)
        {
            rows.Write([orphan, "orphan", false, OrphanReason, none, none, none]);
        }

        rows.End();
    }
}
