using System.Collections.Immutable;
using Landfall.Cli.Progress;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Planning;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;

namespace Landfall.Cli;

/// <summary>Runs steps, shows how they go, and reports how they ended.</summary>
/// <param name="context">The invocation.</param>
/// <param name="session">The open estate.</param>
/// <param name="analysis">What builds its tables, without errors.</param>
internal sealed class RunDriver(CommandContext context, EngineSession session, EstateAnalysis analysis)
{
    /// <summary>Picks steps, runs them and prints their totals.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        IReadOnlyCollection<string> select, IReadOnlyCollection<string> exclude,
        Func<ImmutableArray<StepNode>, RunRequest> request, CancellationToken cancellationToken)
    {
        EstatePlanner planner = new(session, analysis);
        ImmutableArray<StepNode> steps = await planner.SelectAsync(select, exclude, cancellationToken);
        RunSummary summary = await RunAsync(request(steps), cancellationToken);
        ImmutableArray<StepNode> unlanded = await UnlandedAsync(summary, cancellationToken);
        RunReport.Print(context, session, summary, unlanded);
        return unlanded.IsEmpty || summary.State is RunState.Interrupted ? ExitCodeOf(summary) : ExitCodes.Failure;
    }

    /// <summary>
    /// Steps that had nothing to do because nothing was ever landed for them, and the run was not to land.
    /// </summary>
    private async Task<ImmutableArray<StepNode>> UnlandedAsync(
        RunSummary summary, CancellationToken cancellationToken)
    {
        HashSet<string> ran = [.. summary.Steps.Select(s => s.Step.Key)];
        var unlanded = ImmutableArray.CreateBuilder<StepNode>();
        foreach (StepNode step in summary.Steps
            .Where(s => s.Step.Kind == StepKind.Enrich && s.Outcome.State == StepState.UpToDate)
            .Select(s => s.Step).Where(s => !s.DependsOn.Any(ran.Contains)))
        {
            if (await session.Open(session.Catalog.Get(step.Table)).TryLoadAsync(null, cancellationToken) is null)
            {
                unlanded.Add(step);
            }
        }

        return unlanded.ToImmutable();
    }

    /// <summary>Runs steps and shows how they go on standard error.</summary>
    public async Task<RunSummary> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        EstateRunner runner = new(session, analysis);
        if (context.Output.IsLive)
        {
            return await LiveRunDisplay.ShowAsync(o => runner.RunAsync(request, o, cancellationToken), context.Clock);
        }

        return await runner.RunAsync(request, new PlainRunObserver(context.Output.WriteInfo), cancellationToken);
    }

    /// <summary>
    /// The exit code that a run's end means: success only where the run ended well and its own records are whole.
    /// </summary>
    public static int ExitCodeOf(RunSummary summary) => summary.State switch
    {
        RunState.Interrupted => ExitCodes.Interrupted,
        RunState.UpToDate or RunState.Succeeded when summary.Problems.IsEmpty => ExitCodes.Success,
        _ => ExitCodes.Failure,
    };
}
