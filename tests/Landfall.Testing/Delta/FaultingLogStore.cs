using Landfall.Delta;
using Landfall.Estate;

namespace Landfall.Testing.Delta;

/// <summary>
/// A log store that fails one write, counted over all of them that are durable, and runs code before any.
/// </summary>
public sealed class FaultingLogStore(ILogStore inner) : DelegatingLogStore(inner)
{
    private int _writes;

    /// <summary>Number, from 1, of the write that fails; 0 for none.</summary>
    public int FailAt { get; set; }

    public Fault Fault { get; set; }

    /// <summary>Runs once before the next write, for a test that lets another writer win.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    public override async Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        bool fails = await EnterAsync();
        bool created = await base.PutIfAbsentAsync(name, content, cancellationToken);
        return fails ? throw After(name) : created;
    }

    public override async Task PutAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        bool fails = await EnterAsync();
        await base.PutAsync(name, content, cancellationToken);
        if (fails)
        {
            throw After(name);
        }
    }

    /// <summary>Whether the write that comes fails after it took place.</summary>
    private async Task<bool> EnterAsync()
    {
        if (BeforeNextWrite is { } hook)
        {
            BeforeNextWrite = null;
            await hook();
        }

        bool fails = ++_writes == FailAt;
        return fails && Fault is not (Fault.UnknownAfter or Fault.Unconfirmed)
            ? throw new StorageException("The store failed as told.", 5, Fault == Fault.UnknownBefore)
            : fails;
    }

    private StorageException After(string name) => Fault == Fault.Unconfirmed
        ? StorageException.Unconfirmed(name, new("The store did not sync.", 5))
        : new("The store does not say.", 5, outcomeUnknown: true);
}
