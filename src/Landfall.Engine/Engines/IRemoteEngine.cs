using System.Collections.Immutable;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>An engine whose work goes on outside of the worker, also when the worker is gone.</summary>
public interface IRemoteEngine : IBuildEngine
{
    /// <summary>
    /// Ends what workers that are gone have left running: interrupts it, and waits for its end. What is not there any
    /// more, a session or the engine itself, counts as ended.
    /// </summary>
    /// <param name="sessions">Sessions by their UUIDs; see <see cref="RemoteEngine.Session"/>.</param>
    /// <param name="context">The worker; its engine is the pool's.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What each of them used, in their order.</returns>
    Task<ImmutableArray<RemoteUsage>> EndAsync(
        ImmutableArray<string> sessions, WorkerContext context, CancellationToken cancellationToken);
}
