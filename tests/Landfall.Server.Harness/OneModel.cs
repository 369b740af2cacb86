using System.Collections.Immutable;
using Landfall.Server.Endpoints;

namespace Landfall.Server.Harness;

/// <summary>One deployment of a tiny model.</summary>
public sealed class OneModel : IDeploymentSource
{
    private readonly ImmutableArray<Deployment> _deployments = [new("champion", new TinyModel(1), 100)];

    public Task<ImmutableArray<Deployment>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_deployments);
}
