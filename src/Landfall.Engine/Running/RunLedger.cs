using System.Diagnostics;
using System.Text.Json.Nodes;
using Landfall.Engine.Ledgers;

namespace Landfall.Engine.Running;

/// <summary>
/// Writes what happens in one run to the management zone's runs table. The run itself is recorded with its first
/// event, so that a run with nothing to do leaves no trace. Safe for concurrent use: events wait until the first one is
/// written, and where that fails the next one is the first.
/// </summary>
/// <remarks>
/// Where storage does not confirm the first event and the run goes on, the table may say twice that the run started:
/// readers take the earliest. The other way round, events of a run that never started, they could not mend.
/// </remarks>
/// <param name="runs">The runs table.</param>
/// <param name="runId">The run.</param>
/// <param name="clock">Time.</param>
/// <param name="recorded">Whether the run is an earlier one that has been recorded already.</param>
internal sealed class RunLedger(LedgerTable runs, string runId, TimeProvider clock, bool recorded = false)
    : IDisposable
{
    private readonly SemaphoreSlim _first = new(1, 1);
    private volatile bool _recorded = recorded;

    /// <summary>Whether the table has the run's start.</summary>
    public bool IsRecorded => _recorded;

    /// <summary>Records an event of a step.</summary>
    public Task RecordAsync(
        string @event, StepContext context, long? stepNumber, long? version, JsonObject details,
            CancellationToken cancellationToken) =>
        AppendAsync(
            [runId, @event, clock.GetUtcNow(), context.StepId, context.Node.Key, stepNumber, version,
                details.ToJsonString()],
            cancellationToken);

    /// <summary>Records an event of the run as a whole.</summary>
    public Task RecordRunAsync(string @event, JsonObject details, CancellationToken cancellationToken) =>
        AppendAsync([runId, @event, clock.GetUtcNow(), null, null, null, null, details.ToJsonString()],
            cancellationToken);

    /// <summary>Lets go of what waits.</summary>
    public void Dispose() => _first.Dispose();

    private async Task AppendAsync(object?[] row, CancellationToken cancellationToken)
    {
        if (!_recorded && await StartAsync(row, cancellationToken))
        {
            return;
        }

        await runs.AppendAsync([row], cancellationToken);
    }

    /// <summary>Writes the run's start with its first event; false where another event was first.</summary>
    private async Task<bool> StartAsync(object?[] row, CancellationToken cancellationToken)
    {
        await _first.WaitAsync(cancellationToken);
        try
        {
            if (_recorded)
            {
                return false;
            }

            object?[] start =
                [runId, RunEvents.Started, clock.GetUtcNow(), null, null, null, null, Owner().ToJsonString()];
            await runs.AppendAsync([start, row], cancellationToken);
            _recorded = true;
            return true;
        }
        finally
        {
            _first.Release();
        }
    }

    private static JsonObject Owner()
    {
        using Process self = Process.GetCurrentProcess();
        return new()
        {
            ["pid"] = Environment.ProcessId,
            ["host"] = Environment.MachineName,
            ["processStarted"] = self.StartTime.ToUniversalTime().ToString("O"),
        };
    }
}
