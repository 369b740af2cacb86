using Landfall.Serving.Access;
using Landfall.Serving.Servers;

namespace Landfall.Cli.Serving;

/// <summary>
/// The server of published tables while a command attends to it: sessions are held to their limits, and what it started
/// itself it stops again.
/// </summary>
internal sealed class SqlAttendance : IAsyncDisposable
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly ISqlServer? _started;
    private readonly Task _guard;

    private SqlAttendance(
        bool isOn, string text, ISqlServer? started, Func<CancellationToken, Task> guard)
    {
        IsOn = isOn;
        Text = text;
        _started = started;
        _guard = guard(_end.Token);
    }

    /// <summary>Whether tables are served.</summary>
    public bool IsOn { get; }

    /// <summary>Where tables are served, or how they would be; empty where there is nothing to say.</summary>
    public string Text { get; }

    /// <summary>Starts the server where one was made and does not run.</summary>
    public static async Task<SqlAttendance> BeginAsync(
        CommandContext context, SqlServing serving, CancellationToken cancellationToken)
    {
        if (!serving.IsOn)
        {
            string advice = serving.IsDeclared
                ? $"Tables are not served by SQL yet. Publish them with: {context.Invocation("up")}"
                : "";
            return new(isOn: false, advice, null, _ => Task.CompletedTask);
        }

        ISqlServer server = serving.Server;
        bool ran = server.Find() is not null;
        ServerAddress address = await server.EnsureAsync(cancellationToken);
        SessionGuard guard = new(server, context.Home(), SessionLimits.Default);
        return new(
            isOn: true, $"Serving published tables by PostgreSQL at {address.Host}:{address.Port}",
            ran ? null : server, token => guard.RunAsync(_period, context.Output.WriteInfo, token));
    }

    /// <summary>Stops what was started.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _guard;
        _end.Dispose();
        if (_started is not null)
        {
            await _started.StopAsync(CancellationToken.None);
        }
    }
}
