using Landfall.Engine.Analysis;

namespace Landfall.Engine.Running;

/// <summary>Runs an estate's steps.</summary>
/// <param name="session">The open estate.</param>
/// <param name="analysis">Its checked definitions; without errors.</param>
public sealed class EstateRunner(EngineSession session, EstateAnalysis analysis)
{
    /// <summary>
    /// Brings the selected tables up to date. Failures of steps are in the summary; what has nothing to do makes no
    /// commit. Cancelling stops the run and leaves every table whole.
    /// </summary>
    /// <param name="request">The steps.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<RunSummary> RunAsync(RunRequest request, IRunObserver observer,
        CancellationToken cancellationToken)
    {
        using RunCoordinator coordinator = new(session, Steps.Of(session, analysis), observer);
        return await coordinator.RunAsync(request, cancellationToken);
    }
}
