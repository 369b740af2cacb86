using Landfall.Engine.Build;
using Landfall.Engine.Ingest;
using Landfall.Engine.Planning;
using Landfall.Estate;

namespace Landfall.Engine.Running;

/// <summary>Does the work of a step, by its kind.</summary>
internal static class StepHandlers
{
    /// <summary>Looks whether the step has anything to do under its lock, and does it.</summary>
    public static Task<StepOutcome> ExecuteAsync(
        StepContext context, EstateAnalysis analysis, CancellationToken cancellationToken) => context.Node.Kind switch
    {
        StepKind.Land => LandStep.ExecuteAsync(context, cancellationToken),
        StepKind.Enrich => EnrichStep.ExecuteAsync(context, cancellationToken),
        StepKind.Build => BuildStep.ExecuteAsync(context, analysis.Model(context.Node.Table), cancellationToken),
        _ => throw new LandfallException("LF4001", $"Unknown step kind {context.Node.Kind}."),
    };
}
