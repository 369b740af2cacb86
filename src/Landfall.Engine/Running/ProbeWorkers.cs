using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>
/// Runs workers for plans, which look at data and change nothing: the same limits and sandbox as a step's.
/// </summary>
/// <param name="estate">The estate whose pools do the work.</param>
/// <param name="launcher">Starts worker processes.</param>
/// <param name="vault">Resolves the pool's secrets.</param>
internal sealed class ProbeWorkers(EstateDefinition estate, WorkerLauncher launcher, SecretVault vault)
{
    /// <summary>Runs one task in a pool; returns its result or throws with the worker's code.</summary>
    public async Task<JsonNode> RunAsync(
        string zoneId, string poolId, WorkerTask task, CancellationToken cancellationToken)
    {
        Pool pool = estate.PoolOf(zoneId, poolId);
        WorkerReport report = await launcher.RunAsync(
            StepWorkers.RequestOf(estate, pool, task, vault), null, TextWriter.Null, cancellationToken);
        if (report.Usage.Killed && task.Engine is not null)
        {
            _ = await new EndSessions(estate, launcher, vault).RunAsync(
                pool, [RemoteEngine.Of(task.Engine).Session], CancellationToken.None);
        }

        return StepWorkers.ResultOf(task, report, cancellationToken);
    }
}
