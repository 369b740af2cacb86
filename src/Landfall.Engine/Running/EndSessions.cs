using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>Ends what workers that are gone left running in an engine outside of them.</summary>
/// <param name="estate">The estate whose pools did the work.</param>
/// <param name="launcher">Starts worker processes.</param>
/// <param name="vault">Resolves the pool's secrets.</param>
internal sealed class EndSessions(EstateDefinition estate, WorkerLauncher launcher, SecretVault vault)
{
    /// <summary>Ends sessions; returns what each used, in their order.</summary>
    /// <exception cref="LandfallException">The engine could not be asked.</exception>
    public async Task<ImmutableArray<RemoteUsage>> RunAsync(
        Pool pool, ImmutableArray<string> sessions, CancellationToken cancellationToken)
    {
        WorkerTask task = EngineCalls.End.Of(pool, sessions, []);
        WorkerReport report = await launcher.RunAsync(
            StepWorkers.RequestOf(estate, pool, task, vault), null, TextWriter.Null, cancellationToken);
        return EngineCalls.End.ResultOf(StepWorkers.ResultOf(task, report, cancellationToken));
    }
}
