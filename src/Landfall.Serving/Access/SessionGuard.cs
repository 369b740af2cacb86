using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Serving.Access;

/// <summary>
/// Holds readers' sessions to their limits. PostgreSQL lets every session set its own time limits anew; this does not
/// ask the session.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="home">The home.</param>
/// <param name="limits">The limits.</param>
public sealed class SessionGuard(ISqlServer server, LandfallHome home, SessionLimits limits)
{
    private const string Held =
        """
        select a.pid, a.usename::text, a.state = 'active'
        from pg_stat_activity a
        where pg_has_role(a.usesysid, 'landfall_users', 'member') and not (
            select r.rolsuper from pg_roles r where r.oid = a.usesysid) and (
            (a.state = 'active' and clock_timestamp() - a.query_start > $1)
            or (a.state like 'idle in transaction%' and clock_timestamp() - a.state_change > $2))
        """;

    /// <summary>Looks once, and ends what is over its limit.</summary>
    /// <returns>What was ended, each as a phrase without the statement.</returns>
    /// <exception cref="LandfallException">LF4310: the server does not answer.</exception>
    public async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellationToken)
    {
        if (server.Find() is not { } address)
        {
            return [];
        }

        await using NpgsqlConnection connection = await new ServerSessions(server, address, home).OpenAsync(
            cancellationToken);
        List<string> ended = [];
        foreach (object?[] row in await connection.RowsAsync(
            Held, cancellationToken, limits.Statement, limits.Idle))
        {
            bool active = (bool)row[2]!;
            string how = active ? "pg_cancel_backend" : "pg_terminate_backend";
            await connection.RunAsync([$"select {how}({row[0]})"], cancellationToken);
            ended.Add(active
                ? $"a statement of {row[1]} ran for more than {limits.Statement.TotalMinutes:0.#} minutes"
                : $"a transaction of {row[1]} lay idle for more than {limits.Idle.TotalMinutes:0.#} minutes");
        }

        return ended;
    }

    /// <summary>Looks again and again until it is cancelled.</summary>
    /// <param name="period">The time between two looks.</param>
    /// <param name="say">Is told what was ended, and once that the server does not answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(TimeSpan period, Action<string> say, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(period);
        bool answers = true;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                answers = await TryLookAsync(answers, say, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is its end.
        }
    }

    private async Task<bool> TryLookAsync(bool answered, Action<string> say, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string ended in await LookAsync(cancellationToken))
            {
                say($"Ended: {ended}.");
            }

            return true;
        }
        catch (Exception problem) when (problem is LandfallException or NpgsqlException)
        {
            if (answered)
            {
                say($"Sessions are not held to their limits: {problem.Message}");
            }

            return false;
        }
    }
}
