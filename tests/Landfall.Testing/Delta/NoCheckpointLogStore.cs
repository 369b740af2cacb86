using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>Shows a log without its checkpoints, so that a snapshot is the replay of every commit.</summary>
public sealed class NoCheckpointLogStore(ILogStore inner) : ILogStore
{
    public async Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        [.. (await inner.ListAsync(from, cancellationToken)).Where(n => !IsCheckpoint(n))];

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        IsCheckpoint(name) ? Task.FromResult<ReadOnlyMemory<byte>?>(null) : inner.ReadAsync(name, cancellationToken);

    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        inner.ModifiedAsync(name, cancellationToken);

    public Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutAsync(name, content, cancellationToken);

    public Task SettleAsync(string name, CancellationToken cancellationToken) =>
        inner.SettleAsync(name, cancellationToken);

    public Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutUnsyncedAsync(name, content, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, cancellationToken);

    private static bool IsCheckpoint(string name) => name.Contains("checkpoint", StringComparison.Ordinal);
}
