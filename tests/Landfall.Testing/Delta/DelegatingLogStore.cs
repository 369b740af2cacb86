using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>A log store that does what another does, but for what a test's own overrides.</summary>
/// <param name="inner">The other.</param>
public abstract class DelegatingLogStore(ILogStore inner) : ILogStore
{
    public virtual Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        inner.ListAsync(from, cancellationToken);

    public virtual Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, cancellationToken);

    public virtual Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        inner.ModifiedAsync(name, cancellationToken);

    public virtual Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public virtual Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutAsync(name, content, cancellationToken);

    public virtual Task MakeDurableAsync(string name, CancellationToken cancellationToken) =>
        inner.MakeDurableAsync(name, cancellationToken);

    public virtual Task PutUnsyncedAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutUnsyncedAsync(name, content, cancellationToken);

    public virtual Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, cancellationToken);
}
