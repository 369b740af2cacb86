using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Landfall.Engine.Running;

/// <summary>
/// Writes what happens in one run to the management zone's runs table. The run itself is recorded with its first
/// event, so that a run with nothing to do leaves no trace.
/// </summary>
/// <param name="runs">The runs table.</param>
/// <param name="runId">The run.</param>
/// <param name="clock">Time.</param>
/// <param name="recorded">Whether the run is an earlier one that has been recorded already.</param>
internal sealed class RunLedger(PlatformTable runs, string runId, TimeProvider clock, bool recorded = false)
{
    private int _started = recorded ? 1 : 0;

    /// <summary>Whether the run has been recorded.</summary>
    public bool IsRecorded => _started != 0;

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

    private Task AppendAsync(object?[] row, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            return runs.AppendAsync([row], cancellationToken);
        }

        object?[] started = [runId, "run-started", clock.GetUtcNow(), null, null, null, null, Owner().ToJsonString()];
        return runs.AppendAsync([started, row], cancellationToken);
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
