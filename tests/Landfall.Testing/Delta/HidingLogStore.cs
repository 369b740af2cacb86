using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>
/// Shows a log without a kind of files: without checkpoints a snapshot is the replay of every commit, without checksums
/// nothing notices that a checkpoint lacks a part of the state.
/// </summary>
public sealed class HidingLogStore(ILogStore inner, string kind) : ILogStore
{
    public const string Checkpoints = "checkpoint";

    public const string Checksums = ".crc";

    public async Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        [.. (await inner.ListAsync(from, cancellationToken)).Where(n => !IsHidden(n))];

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        IsHidden(name) ? Task.FromResult<ReadOnlyMemory<byte>?>(null) : inner.ReadAsync(name, cancellationToken);

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

    private bool IsHidden(string name) => name.Contains(kind, StringComparison.Ordinal);
}
