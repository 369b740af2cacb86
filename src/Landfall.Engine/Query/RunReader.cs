using Landfall.DuckDb;

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
        using DuckDbConnection connection = session.Connect();
        if (await PlatformReader.AttachAsync(session, connection, "runs", cancellationToken) is not { } runs)
        {
            return [];
        }

        using DuckDbResult result = connection.Query(
            $"""
            select run_id,
                   min("at") filter (where event = 'run-started'),
                   coalesce(max(case event when 'run-finished' then json_extract_string(details, '$.state')
                                           when 'interrupted' then 'interrupted' end), 'running'),
                   max(cast(json_extract_string(details, '$.seconds') as double)) filter (where event = 'run-finished'),
                   count(*) filter (where event = 'committed'),
                   count(*) filter (where event = 'failed')
            from {runs} group by run_id having min("at") filter (where event = 'run-started') is not null
            order by 2 desc, 1 desc limit {limit}
            """,
            cancellationToken);
        return [.. result.Rows().Select(r => new RunRecord(
            (string)r[0]!, (DateTimeOffset)r[1]!, (string)r[2]!, (double?)r[3], (long)r[4]!, (long)r[5]!))];
    }
}
