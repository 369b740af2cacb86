using System.Collections.Immutable;

namespace Landfall.Server.Endpoints;

/// <summary>Says which deployments an endpoint has, for example from a registry of models.</summary>
public interface IDeploymentSource
{
    /// <summary>
    /// The deployments as they stand; none while no model is registered. Called again and again: models that were
    /// loaded before are not loaded anew.
    /// </summary>
    Task<ImmutableArray<Deployment>> LoadAsync(CancellationToken cancellationToken);
}
