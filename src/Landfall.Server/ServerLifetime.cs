using Microsoft.Extensions.Hosting;

namespace Landfall.Server;

/// <summary>Leaves signals to the program that runs the server.</summary>
internal sealed class ServerLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
