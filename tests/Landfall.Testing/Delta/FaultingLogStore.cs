using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>A log store that fails one write, counted over all of them, and runs code before any.</summary>
public sealed class FaultingLogStore(ILogStore inner) : ILogStore
{
    private int _writes;

    /// <summary>Number, from 1, of the write that fails; 0 for none.</summary>
    public int FailAt { get; set; }

    public Fault Fault { get; set; }

    /// <summary>Runs once before the next write, for a test that lets another writer win.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    public Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        inner.ListAsync(from, cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, cancellationToken);

    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        inner.ModifiedAsync(name, cancellationToken);

    public async Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        bool fails = await EnterAsync();
        bool created = await inner.PutIfAbsentAsync(name, content, cancellationToken);
        return fails ? throw Unknown() : created;
    }

    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        bool fails = await EnterAsync();
        await inner.PutAsync(name, content, cancellationToken);
        if (fails)
        {
            throw Unknown();
        }
    }

    public Task SettleAsync(string name, CancellationToken cancellationToken) =>
        inner.SettleAsync(name, cancellationToken);

    /// <summary>Never fails: what is not durable is not needed.</summary>
    public Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutUnsyncedAsync(name, content, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        inner.DeleteAsync(name, cancellationToken);

    /// <summary>Whether the write that comes fails after it took place.</summary>
    private async Task<bool> EnterAsync()
    {
        if (BeforeNextWrite is { } hook)
        {
            BeforeNextWrite = null;
            await hook();
        }

        bool fails = ++_writes == FailAt;
        return fails && Fault != Fault.UnknownAfter
            ? throw new StorageException("The store failed as told.", 5, Fault == Fault.UnknownBefore)
            : fails;
    }

    private static StorageException Unknown() => new("The store does not say.", 5, outcomeUnknown: true);
}
