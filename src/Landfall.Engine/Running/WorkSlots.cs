using System.Collections.Concurrent;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>
/// Places at which steps of one run work: as many a pool as it has, as many at once as the machine has. Places go to
/// whoever waited longest. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Only steps that hold their table's lock come here, and who has a place waits for nothing that another step could
/// hold: a step takes its lock, then a place in its pool, then one of the machine's, and gives all back when its work
/// ends. So those with both places always go on, and no two wait for each other, in this run or in another.
/// </remarks>
internal sealed class WorkSlots : IDisposable
{
    private readonly SemaphoreSlim _machine = new(Math.Max(2, Environment.ProcessorCount));
    private readonly ConcurrentDictionary<(string Zone, string Pool), SemaphoreSlim> _pools = new();

    /// <summary>Waits for a step's place; disposing gives it back.</summary>
    public async Task<IDisposable> EnterAsync(StepNode node, CancellationToken cancellationToken)
    {
        SemaphoreSlim pool = _pools.GetOrAdd((node.Zone.Id, node.Pool.Id), _ => new(node.Pool.Concurrency));
        await pool.WaitAsync(cancellationToken);
        try
        {
            await _machine.WaitAsync(cancellationToken);
        }
        catch
        {
            pool.Release();
            throw;
        }

        return new Place(pool, _machine);
    }

    /// <summary>Lets go of what waits.</summary>
    public void Dispose()
    {
        _machine.Dispose();
        foreach (SemaphoreSlim pool in _pools.Values)
        {
            pool.Dispose();
        }
    }

    private sealed class Place(SemaphoreSlim pool, SemaphoreSlim machine) : IDisposable
    {
        public void Dispose()
        {
            machine.Release();
            pool.Release();
        }
    }
}
