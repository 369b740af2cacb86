using Landfall.Engine.Analysis;
using Landfall.Engine.Build;
using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>What does the work of steps, by their kind.</summary>
internal static class Steps
{
    /// <summary>The steps of a run.</summary>
    public static IReadOnlyDictionary<StepKind, IStep> Of(EngineSession session, EstateAnalysis analysis)
    {
        Dictionary<StepKind, IStep> steps = new()
        {
            [StepKind.Land] = new LandStep(session.Options.Sources),
            [StepKind.Enrich] = new EnrichStep(),
            [StepKind.Build] = new BuildStep(analysis),
        };
        if (session.Options.Publisher is { } publisher)
        {
            steps[StepKind.Publish] = publisher;
        }

        return steps;
    }
}
