using Landfall.Serving.Servers;

namespace Landfall.Cli.Serving;

/// <summary>
/// The server of published tables while a command attends to it: what it started itself it stops again.
/// </summary>
internal sealed class SqlAttendance : IAsyncDisposable
{
    private readonly ISqlServer? _started;

    private SqlAttendance(bool isOn, ISqlServer? started)
    {
        IsOn = isOn;
        _started = started;
    }

    /// <summary>Whether tables are served.</summary>
    public bool IsOn { get; }

    /// <summary>Starts the server where one was made and does not run, and says where it is.</summary>
    public static async Task<SqlAttendance> BeginAsync(
        CommandContext context, SqlServing serving, CancellationToken cancellationToken)
    {
        if (!serving.IsOn)
        {
            if (serving.IsDeclared)
            {
                context.Output.WriteInfo(
                    $"Tables are not served by SQL yet. Publish them with: {context.Invocation("up")}");
            }

            return new(isOn: false, null);
        }

        ISqlServer server = serving.Server;
        bool ran = server.Find() is not null;
        ServerAddress address = await server.EnsureAsync(cancellationToken);
        context.Output.WriteInfo($"Serving published tables by PostgreSQL at {address.Host}:{address.Port}");
        return new(isOn: true, ran ? null : server);
    }

    /// <summary>Stops what was started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            await _started.StopAsync(CancellationToken.None);
        }
    }
}
