using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.Query;

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
            using RunLedger ledger = new(session.Platform("runs"), run, session.Clock, recorded: true);
            await ledger.RecordRunAsync(StateNames.Of(RunState.Interrupted), [], cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = session.Connect();
        if (await PlatformReader.AttachAsync(session, connection, "runs", cancellationToken) is not { } runs)
        {
            return [];
        }

        using DuckDbResult open = connection.Query(
            $"select distinct run_id, details from {runs} s where event = 'run-started' and not exists (select 1 from "
            + $"{runs} f where f.run_id = s.run_id and f.event in ('run-finished', 'interrupted'))",
            cancellationToken);
        return [.. open.Rows().Where(r => !IsAlive((string)r[1]!)).Select(r => (string)r[0]!)];
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
