using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Posix;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>The product's log store over a simulated disk, with a turn for others before each member.</summary>
public sealed class SimulatedLog(SimulatedWorld world, string tableFolder, IStorageCalls calls) : ILogStore
{
    private readonly PosixLogStore _inner = new(tableFolder, calls);

    public async Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken)
    {
        await world.Turn();
        return await _inner.ListAsync(from, cancellationToken);
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        _inner.ReadAsync(name, cancellationToken);

    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        _inner.ModifiedAsync(name, cancellationToken);

    public async Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await world.Turn();
        return await _inner.PutIfAbsentAsync(name, content, cancellationToken);
    }

    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await world.Turn();
        await _inner.PutAsync(name, content, cancellationToken);
    }

    public async Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await world.Turn();
        await _inner.PutUnsyncedAsync(name, content, cancellationToken);
    }

    public async Task MakeDurableAsync(string name, CancellationToken cancellationToken)
    {
        await world.Turn();
        await _inner.MakeDurableAsync(name, cancellationToken);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await world.Turn();
        await _inner.DeleteAsync(name, cancellationToken);
    }
}
