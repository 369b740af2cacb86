using Landfall.Estate;
using Landfall.Server.Keys;
using Microsoft.Extensions.Logging;

namespace Landfall.Server.Endpoints;

/// <summary>
/// Keeps an endpoint's deployments, keys and accounts as their sources have them. What fails is logged and tried again;
/// the endpoint goes on with what it has.
/// </summary>
/// <param name="endpoint">The endpoint.</param>
/// <param name="source">Its deployments.</param>
/// <param name="keys">The file of its keys; null where they never change.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Where failures are said.</param>
internal sealed partial class DeploymentWatcher(
    RecommenderEndpoint endpoint, IDeploymentSource source, KeyFile? keys, TimeProvider clock, ILogger logger)
{
    /// <summary>Looks once and throws what fails: for the start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await endpoint.Accounts.RefreshAsync(cancellationToken);
        endpoint.Deploy(await source.LoadAsync(cancellationToken));
    }

    /// <summary>Looks again and again until cancelled.</summary>
    public async Task RunAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryAsync("keys", RefreshKeysAsync);
                await TryAsync("deployments", async () => endpoint.Deploy(await source.LoadAsync(cancellationToken)));
                await TryAsync("accounts", () => endpoint.Accounts.RefreshAsync(cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task RefreshKeysAsync()
    {
        if (keys is not null)
        {
            endpoint.Keys = await keys.ReadAsync();
        }
    }

    private async Task TryAsync(string what, Func<Task> refresh)
    {
        try
        {
            await refresh();
        }
        catch (LandfallException e)
        {
            RefreshFailed(logger, endpoint.Name, what, e.Code, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            RefreshFailed(logger, endpoint.Name, what, e.GetType().Name, "");
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning, "Endpoint {Endpoint} goes on with the {What} it has: {Code} {Message}")]
    private static partial void RefreshFailed(ILogger log, string endpoint, string what, string code, string message);
}
