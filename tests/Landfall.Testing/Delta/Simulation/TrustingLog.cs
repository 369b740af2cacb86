using Landfall.Delta;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>A log that is wrong on purpose: it takes what is there for durable.</summary>
internal sealed class TrustingLog(ILogStore inner) : ILogStore
{
    public Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        inner.ListAsync(from, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, cancellationToken);

    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        inner.ModifiedAsync(name, cancellationToken);

    public Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutAsync(name, content, cancellationToken);

    public Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutUnsyncedAsync(name, content, cancellationToken);

    public Task SettleAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, cancellationToken);
}
