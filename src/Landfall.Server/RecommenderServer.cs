using System.Collections.Frozen;
using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Server.Endpoints;
using Landfall.Server.Http;
using Landfall.Server.Http.Inference;
using Landfall.Server.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Landfall.Server;

/// <summary>
/// Hosts endpoints over HTTP/1.1: Azure Machine Learning's online-endpoint contract and the Open Inference Protocol V2.
/// </summary>
public sealed class RecommenderServer : IAsyncDisposable
{
    private const int HeaderBytesMax = 16 << 10;
    private const int RequestLineBytesMax = 4 << 10;
    private const int ConnectionsMax = 4_096;

    /// <summary>Bodies up to so many times the limit are read to their end, to be answered in peace.</summary>
    private const int DrainFactor = 4;

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _background = [];

    private RecommenderServer(WebApplication application) => _application = application;

    /// <summary>Where it listens, for example <c>http://127.0.0.1:8320</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a server; it answers when this returns.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="endpoints">Its endpoints, at least one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LandfallException">
    /// <c>LF4421</c>: deployments do not fit; <c>LF4431</c>: the port cannot be listened on.
    /// </exception>
    public static async Task<RecommenderServer> StartAsync(
        ServerOptions options, ImmutableArray<HostedEndpoint> endpoints, CancellationToken cancellationToken)
    {
        WebApplication application = Build(options, endpoints);
        RecommenderServer server = new(application);
        try
        {
            ILogger logger = application.Services.GetRequiredService<ILogger<RecommenderServer>>();
            foreach (HostedEndpoint hosted in endpoints)
            {
                DeploymentWatcher watcher = new(hosted.Endpoint, hosted.Source, hosted.Keys, options.Clock, logger);
                await watcher.StartAsync(cancellationToken);
                server._background.Add(watcher.RunAsync(options.RefreshPeriod, server._stop.Token));
            }

            MirrorQueue mirror = application.Services.GetRequiredService<MirrorQueue>();
            server._background.Add(Task.Run(() => mirror.RunAsync(server._stop.Token), CancellationToken.None));
            await application.StartAsync(cancellationToken);
            server.Address = new(application.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!.Addresses.First());
            return server;
        }
        catch (IOException e)
        {
            await server.DisposeAsync();
            throw new LandfallException(
                "LF4431",
                $"The server cannot listen on {options.Address} port {options.Port}. Nothing was served and no data "
                + "changed. Stop what uses the port, or choose another with --port N.",
                e);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes no more requests, ends those under way and stops. Safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _stop.CancelAsync();
        await Task.WhenAll(_background);
        await _application.DisposeAsync();
        _stop.Dispose();
    }

    private static WebApplication Build(ServerOptions options, ImmutableArray<HostedEndpoint> endpoints)
    {
        // Empty: no configuration from the environment or the working folder decides what an endpoint does.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options, endpoints));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, ServerLifetime>();
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = options.StopTimeout);
        builder.Services.AddSingleton(options.Clock);
        builder.Services.AddSingleton<MirrorQueue>();
        builder.Services.AddSingleton<ScoringPipeline>();
        builder.Services.AddSingleton<RequestFrame>();
        builder.Services.AddSingleton(
            endpoints.ToFrozenDictionary(e => e.Endpoint.Name, e => e.Endpoint, StringComparer.Ordinal));
        builder.Services.AddSingleton<EndpointRoutes>();
        builder.Services.AddSingleton<InferenceRoutes>();
        LogTo(builder.Logging, options);

        WebApplication application = builder.Build();
        RequestFrame frame = application.Services.GetRequiredService<RequestFrame>();
        application.Use(next => context => frame.InvokeAsync(context, next));
        application.UseRouting();
        application.MapMethods("/health/live", [HttpMethods.Get], LiveAsync);
        EndpointRoutes routes = application.Services.GetRequiredService<EndpointRoutes>();
        application.MapMethods("/health/ready", [HttpMethods.Get], c => ReadyAsync(c, routes));
        routes.Map(application);
        application.Services.GetRequiredService<InferenceRoutes>().Map(application);
        return application;
    }

    private static void Limit(
        KestrelServerOptions kestrel, ServerOptions options, ImmutableArray<HostedEndpoint> endpoints)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = DrainFactor * endpoints.Max(e => (long)e.Endpoint.Limits.BodyBytesMax);
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.MaxRequestLineSize = RequestLineBytesMax;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Limits.RequestHeadersTimeout = endpoints.Max(e => e.Endpoint.Limits.Timeout);
        kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static void LogTo(ILoggingBuilder logging, ServerOptions options)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        if (options.Log is not null)
        {
            logging.AddProvider(options.Log);
            return;
        }

        logging.AddSimpleConsole(c =>
        {
            c.SingleLine = true;
            c.ColorBehavior = LoggerColorBehavior.Disabled;
            c.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            c.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static Task LiveAsync(HttpContext context) => Answers.TextAsync(context, 200, "Healthy");

    private static Task ReadyAsync(HttpContext context, EndpointRoutes routes) =>
        routes.AreServing
            ? Answers.TextAsync(context, 200, "Ready")
            : Answers.TextAsync(context, 503, "Not ready: an endpoint has no deployment with traffic yet.");
}

/// <summary>Leaves signals to the program that runs the server.</summary>
internal sealed class ServerLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
