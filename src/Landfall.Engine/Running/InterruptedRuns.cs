using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Estate;
using Landfall.Estate.Zones;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>Runs that were recorded as started and never as finished, and whose process is gone.</summary>
/// <param name="session">The open estate.</param>
/// <param name="log">Is told what could not be ended.</param>
internal sealed class InterruptedRuns(EngineSession session, TextWriter log)
{
    /// <summary>Ends what each of them left running outside of its process, and records it as interrupted.</summary>
    public async Task MarkAsync(CancellationToken cancellationToken)
    {
        foreach (string run in await FindAsync(cancellationToken))
        {
            await EndSessionsAsync(run, cancellationToken);
            using RunLedger ledger = new(session.Platform(PlatformTables.Runs), run, session.Clock, recorded: true);
            await ledger.RecordRunAsync(RunEvents.Interrupted, [], cancellationToken);
        }
    }

    private async Task EndSessionsAsync(string run, CancellationToken cancellationToken)
    {
        IReadOnlyList<LostSession> lost = await LostSessionsAsync(run, cancellationToken);
        foreach (IGrouping<(string Zone, string Pool), LostSession> group in lost.GroupBy(s => (s.Zone, s.Pool)))
        {
            Pool? pool = session.Estate.Zones.FirstOrDefault(z => z.Id == group.Key.Zone)?.Pools
                .FirstOrDefault(p => p.Id == group.Key.Pool && p.Spark is not null);
            if (pool is not null)
            {
                await EndAsync(run, pool, [.. group], cancellationToken);
            }
        }
    }

    /// <summary>An engine that cannot be asked holds no run up: steps that need it say so themselves.</summary>
    private async Task EndAsync(
        string run, Pool pool, ImmutableArray<LostSession> lost, CancellationToken cancellationToken)
    {
        try
        {
            EndSessions end = new(session.Estate, session.Launcher, session.Vault);
            ImmutableArray<RemoteUsage> used =
                await end.RunAsync(pool, [.. lost.Select(s => s.Session)], cancellationToken);
            using MeterLedger meters = new(session.Platform(PlatformTables.Meters), run, session.Clock);
            HashSet<string> metered = await MeteredStepsAsync(run, cancellationToken);

            // What is charged twice is a wrong bill that nobody can see; a step that is charged too little can be seen.
            foreach ((LostSession ended, RemoteUsage usage) in lost.Zip(used)
                .Where(s => !metered.Contains(s.First.StepId)))
            {
                MeteredStep step = new(
                    run, ended.StepId, ended.Zone, ended.Unit, ended.Table, pool, session.Estate.Prices.Version);
                meters.Record(step, usage, killed: true);
            }

            await meters.FlushAsync(cancellationToken);
        }
        catch (LandfallException problem)
        {
            await log.WriteLineAsync($"  what {run} left running in {pool.Id}: {problem.Code} {problem.Message}");
        }
    }

    /// <summary>Steps of a run whose sessions said themselves what they used, before the run was gone.</summary>
    private async Task<HashSet<string>> MeteredStepsAsync(string run, CancellationToken cancellationToken)
    {
        LedgerTable meters = session.Platform(PlatformTables.Meters);
        if (await meters.Delta.TryLoadAsync(null, cancellationToken) is not { } snapshot)
        {
            return [];
        }

        using IRows rows = meters.Read(snapshot, ["step", "estimated"], cancellationToken, "run_id", run);
        return [.. rows.Rows().Where(r => r[1] is not null).Select(r => (string)r[0]!)];
    }

    /// <summary>Sessions of steps of a run that came to no end: the others ended theirs, and are metered.</summary>
    private async Task<IReadOnlyList<LostSession>> LostSessionsAsync(string run, CancellationToken cancellationToken)
    {
        LedgerTable runs = session.Platform(PlatformTables.Runs);
        Snapshot snapshot = await runs.Delta.LoadAsync(cancellationToken);
        List<LostSession> sessions = [];
        HashSet<string> ended = new(StringComparer.Ordinal);
        using IRows rows = runs.Read(
            snapshot, ["event", "step", "table_name", "details"], cancellationToken, "run_id", run);
        foreach (object?[] row in rows.Rows())
        {
            if ((string)row[0]! == RunEvents.Session)
            {
                sessions.Add(LostSession.Of((string)row[1]!, (string)row[2]!, (string)row[3]!));
            }
            else if ((string)row[0]! is RunEvents.Committed or RunEvents.Failed or RunEvents.LeftOut)
            {
                _ = ended.Add((string)row[1]!);
            }
        }

        return [.. sessions.Where(s => !ended.Contains(s.StepId))];
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
