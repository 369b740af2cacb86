using System.Text.Json.Nodes;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Running;

namespace Landfall.Engine.Query;

/// <summary>Reads the runs table.</summary>
/// <param name="session">The open estate.</param>
public sealed class RunReader(EngineSession session)
{
    /// <summary>The newest runs first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<IReadOnlyList<RunRecord>> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        LedgerTable runs = session.Platform(PlatformTables.Runs);
        if (await runs.Delta.TryLoadAsync(null, cancellationToken) is not { } snapshot)
        {
            return [];
        }

        Dictionary<string, Events> found = new(StringComparer.Ordinal);
        using IRows rows = runs.Read(
            snapshot, ["run_id", "event", "at", "details"], cancellationToken, "event", RunEvents.Started,
            RunEvents.Finished, RunEvents.Interrupted, RunEvents.Committed, RunEvents.Failed);
        foreach (object?[] row in rows.Rows())
        {
            string run = (string)row[0]!;
            if (!found.TryGetValue(run, out Events? events))
            {
                found.Add(run, events = new());
            }

            events.Add((string)row[1]!, (DateTimeOffset)row[2]!, (string?)row[3]);
        }

        return
        [
            .. found.Where(r => r.Value.Started is not null).Select(r => r.Value.RecordOf(r.Key))
                .OrderByDescending(r => r.Started).ThenByDescending(r => r.RunId, StringComparer.Ordinal).Take(limit),
        ];
    }

    /// <summary>What the events of one run come to.</summary>
    private sealed class Events
    {
        private string? _state;
        private double? _seconds;
        private long _committed;
        private long _failed;

        public DateTimeOffset? Started { get; private set; }

        public void Add(string name, DateTimeOffset at, string? details)
        {
            switch (name)
            {
                // Where storage did not confirm the start, it may be there twice.
                case RunEvents.Started:
                    Started = Started < at ? Started : at;
                    break;
                case RunEvents.Finished:
                    JsonNode finished = JsonNode.Parse(details!)!;
                    _state = (string?)finished["state"];
                    _seconds = (double?)finished["seconds"];
                    break;
                case RunEvents.Interrupted:
                    _state ??= StateNames.Of(RunState.Interrupted);
                    break;
                case RunEvents.Committed:
                    _committed++;
                    break;
                default:
                    _failed++;
                    break;
            }
        }

        public RunRecord RecordOf(string run) =>
            new(run, Started!.Value, _state ?? "running", _seconds, _committed, _failed);
    }
}
