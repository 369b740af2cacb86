using Landfall.Delta;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>A log that is wrong on purpose: it takes what is there for durable.</summary>
internal sealed class TrustingLog(ILogStore inner) : DelegatingLogStore(inner)
{
    public override Task MakeDurableAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;
}
