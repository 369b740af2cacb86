using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Commits;

/// <summary>
/// One writer's way to a log that both share, with a gate before each phase that the test opens: commit at the first
/// log entry, checkpoint at the first checkpoint, post after that. Everything runs on the test's thread.
/// </summary>
internal sealed class GatedLog(ILogStore inner, Gates gates) : ILogStore
{
    public Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        inner.ListAsync(from, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, cancellationToken);

    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        inner.ModifiedAsync(name, cancellationToken);

    public async Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await gates.EnterAsync(Phase.Commit);
        return await inner.PutIfAbsentAsync(name, content, cancellationToken);
    }

    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await gates.EnterAsync(name == "_last_checkpoint" ? Phase.Post : Phase.Checkpoint);
        await inner.PutAsync(name, content, cancellationToken);
    }

    public Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutUnsyncedAsync(name, content, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, cancellationToken);
}
