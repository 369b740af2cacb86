using Landfall.Engine.Ledgers;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>
/// Keeps what workers of one run used, adds up its price, and writes it to the management zone's meters table: before
/// each commit and each failure, and at the end. A run that only looked and found nothing to do leaves no trace. Safe
/// for concurrent use.
/// </summary>
/// <remarks>
/// What is noted waits until it is committed, once. Where storage leaves open whether an append went through, the next
/// flush repeats that same append, which finds its own commit in the log; only where the process ends before, rows are
/// missing that storage did not keep. It errs to too little: work that is charged twice is a wrong bill that nobody can
/// see, a step without a meter can be seen.
/// </remarks>
/// <param name="meters">The meters table.</param>
/// <param name="runId">The run.</param>
/// <param name="clock">Time.</param>
internal sealed class MeterLedger(LedgerTable meters, string runId, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private readonly List<object?[]> _waiting = [];
    private LedgerAppend? _underWay;
    private decimal _cost;

    /// <summary>Price of the CPU time recorded so far, in the estate's currency.</summary>
    public decimal Cost
    {
        get
        {
            lock (_gate)
            {
                return _cost;
            }
        }
    }

    /// <summary>Whether something was noted that is not committed yet, as far as is known.</summary>
    public bool HasUnwritten
    {
        get
        {
            lock (_gate)
            {
                return _underWay is not null || _waiting.Count > 0;
            }
        }
    }

    /// <summary>Notes what one worker used, and what an engine outside of it used for it.</summary>
    public void Record(StepContext context, WorkerUsage usage)
    {
        MeteredStep step = MeteredStep.Of(context, runId);
        Add(step, usage, null);
        if (usage.Remote is { } remote)
        {
            Record(step, remote, usage.Killed);
        }
    }

    /// <summary>Notes what an engine used for a worker, which may be gone for long.</summary>
    public void Record(MeteredStep step, RemoteUsage remote, bool killed) => Add(
        step,
        new()
        {
            UserSeconds = remote.CpuSeconds,
            WallSeconds = remote.WallSeconds,
            ReadBytes = remote.InputBytes,
            WrittenBytes = remote.OutputBytes,
            Killed = killed,
        },
        remote);

    private void Add(MeteredStep step, WorkerUsage usage, RemoteUsage? remote)
    {
        Estate.Zones.Pool pool = step.Pool;
        object?[] row =
        [
            step.RunId, step.StepId, clock.GetUtcNow(), step.Zone, step.Unit, step.Table, pool.Id, pool.Engine,
            usage.UserSeconds, usage.SystemSeconds, usage.WallSeconds, usage.MaxResidentBytes, usage.ReadBytes,
            usage.WrittenBytes, usage.Killed, pool.CpuHourPrice, step.PriceVersion, remote?.ShuffleBytes,
            remote?.IsEstimate,
        ];
        lock (_gate)
        {
            _cost += (decimal)(usage.UserSeconds + usage.SystemSeconds) / 3600m * pool.CpuHourPrice;
            _waiting.Add(row);
        }
    }

    /// <summary>
    /// Writes what was noted and is not committed yet. Where it fails, all of it waits for the next time.
    /// </summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            while (Next() is { } append)
            {
                await meters.AppendAsync(append, cancellationToken);
                lock (_gate)
                {
                    _underWay = null;
                }
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Lets go of what waits.</summary>
    public void Dispose() => _flushing.Dispose();

    /// <summary>What a failed flush left under way, else what was noted since; null where nothing is left.</summary>
    private LedgerAppend? Next()
    {
        lock (_gate)
        {
            if (_underWay is null && _waiting.Count > 0)
            {
                _underWay = new([.. _waiting]);
                _waiting.Clear();
            }

            return _underWay;
        }
    }
}
