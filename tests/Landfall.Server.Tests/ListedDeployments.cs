using System.Collections.Immutable;
using Landfall.Server.Endpoints;

namespace Landfall.Server.Tests;

/// <summary>Deployments that a test sets.</summary>
internal sealed class ListedDeployments : IDeploymentSource
{
    private ImmutableArray<Deployment> _deployments = [];

    public ImmutableArray<Deployment> Deployments
    {
        get => _deployments;
        set => ImmutableInterlocked.InterlockedExchange(ref _deployments, value);
    }

    public Task<ImmutableArray<Deployment>> LoadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Deployments);
}
