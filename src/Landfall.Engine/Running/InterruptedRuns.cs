using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;

namespace Landfall.Engine.Running;

/// <summary>Runs that were recorded as started and never as finished, and whose process is gone.</summary>
/// <param name="session">The open estate.</param>
internal sealed class InterruptedRuns(EngineSession session)
{
    /// <summary>Records each of them as interrupted.</summary>
    public async Task MarkAsync(CancellationToken cancellationToken)
    {
        foreach (string run in await FindAsync(cancellationToken))
        {
            using RunLedger ledger = new(session.Platform(PlatformTables.Runs), run, session.Clock, recorded: true);
            await ledger.RecordRunAsync(RunEvents.Interrupted, [], cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        LedgerTable runs = session.Platform(PlatformTables.Runs);
        if (await runs.Delta.TryLoadAsync(null, cancellationToken) is not { } snapshot)
        {
            return [];
        }

        Dictionary<string, string> open = new(StringComparer.Ordinal);
        HashSet<string> ended = new(StringComparer.Ordinal);
        using IRows rows = runs.Read(
            snapshot, ["run_id", "event", "details"], cancellationToken, "event", RunEvents.Started,
            RunEvents.Finished, RunEvents.Interrupted);
        foreach (object?[] row in rows.Rows())
        {
            string run = (string)row[0]!;
            if ((string)row[1]! == RunEvents.Started)
            {
                open[run] = (string)row[2]!;
            }
            else
            {
                ended.Add(run);
            }
        }

        return [.. open.Where(r => !ended.Contains(r.Key) && !IsAlive(r.Value)).Select(r => r.Key)];
    }

    /// <summary>A process number may be used again; its start time tells the processes apart.</summary>
    private static bool IsAlive(string owner)
    {
        JsonNode details = JsonNode.Parse(owner)!;
        if ((string?)details["host"] != Environment.MachineName)
        {
            return true;
        }

        try
        {
            using Process process = Process.GetProcessById((int)details["pid"]!);
            DateTime started = DateTime.Parse(
                (string)details["processStarted"]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return Math.Abs((process.StartTime.ToUniversalTime() - started).TotalSeconds) < 2;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // There is none of that number, or it ended while it was looked at.
            return false;
        }
    }
}
