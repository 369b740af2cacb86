using Landfall.Engine.Workers;

namespace Landfall.Engine.Running;

/// <summary>Writes what workers used to the management zone's meters table, and adds up its price for one run.</summary>
/// <param name="meters">The meters table.</param>
/// <param name="runId">The run.</param>
/// <param name="clock">Time.</param>
internal sealed class MeterLedger(PlatformTable meters, string runId, TimeProvider clock)
{
    private readonly Lock _gate = new();
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

    /// <summary>Records one worker.</summary>
    public Task RecordAsync(StepContext context, WorkerUsage usage, CancellationToken cancellationToken)
    {
        Estate.Zones.Pool pool = context.Node.Pool;
        lock (_gate)
        {
            _cost += (decimal)(usage.UserSeconds + usage.SystemSeconds) / 3600m * pool.CpuHourPrice;
        }

        object?[] row =
        [
            runId, context.StepId, clock.GetUtcNow(), context.Node.Zone.Id, context.Node.UnitId, context.Node.Key,
            pool.Id, pool.Engine, usage.UserSeconds, usage.SystemSeconds, usage.WallSeconds, usage.MaxResidentBytes,
            usage.ReadBytes, usage.WrittenBytes, usage.Killed, pool.CpuHourPrice, context.Estate.Prices.Version,
        ];
        return meters.AppendAsync([row], cancellationToken);
    }
}
