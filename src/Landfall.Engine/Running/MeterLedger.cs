using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>
/// Keeps what workers of one run used, adds up its price, and writes it to the management zone's meters table: before
/// each commit and each failure, and at the end. A run that only looked and found nothing to do leaves no trace.
/// </summary>
/// <param name="meters">The meters table.</param>
/// <param name="runId">The run.</param>
/// <param name="clock">Time.</param>
internal sealed class MeterLedger(PlatformTable meters, string runId, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<object?[]> _waiting = [];
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

    /// <summary>Notes what one worker used.</summary>
    public void Record(StepContext context, WorkerUsage usage)
    {
        Estate.Zones.Pool pool = context.Node.Pool;
        object?[] row =
        [
            runId, context.StepId, clock.GetUtcNow(), context.Node.Zone.Id, context.Node.UnitId, context.Node.Key,
            pool.Id, pool.Engine, usage.UserSeconds, usage.SystemSeconds, usage.WallSeconds, usage.MaxResidentBytes,
            usage.ReadBytes, usage.WrittenBytes, usage.Killed, pool.CpuHourPrice, context.Estate.Prices.Version,
        ];
        lock (_gate)
        {
            _cost += (decimal)(usage.UserSeconds + usage.SystemSeconds) / 3600m * pool.CpuHourPrice;
            _waiting.Add(row);
        }
    }

    /// <summary>Writes what was noted since the last time.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        object?[][] rows;
        lock (_gate)
        {
            rows = [.. _waiting];
            _waiting.Clear();
        }

        return rows.Length == 0 ? Task.CompletedTask : meters.AppendAsync(rows, cancellationToken);
    }
}
