using System.CommandLine;
using System.Net;
using Landfall.Cli.Output;
using Landfall.Cli.Serving;
using Landfall.Engine;
using Landfall.Estate;
using Landfall.Server;
using Landfall.Server.Endpoints;
using Landfall.Server.Estates;

namespace Landfall.Cli.Commands;

/// <summary><c>serve</c>: hosts the estate's endpoints until it is stopped.</summary>
internal sealed class ServeCommand : LandfallCommand
{
    /// <summary>The name of the option by which <c>up</c> starts it.</summary>
    public const string BackgroundOption = "--background";

    private readonly Option<int> _port = new("--port")
    {
        Description = "The port to listen on; 0 for any free one.",
        HelpName = "N",
        DefaultValueFactory = _ => ServerOptions.PortDefault,
    };

    private readonly Option<string> _address = new("--address")
    {
        Description = "The IP address to listen on. Others than this machine's own need a proxy with TLS in front.",
        HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    /// <summary>How <c>up</c> starts it: without a terminal, and known to the home.</summary>
    private readonly Option<bool> _background = new(BackgroundOption) { Hidden = true };

    public ServeCommand()
        : base(
            "serve",
            "Serve the estate's models over HTTP, and its published tables by PostgreSQL, until Ctrl-C. New champions "
            + "and keys are taken up while it runs.",
            "serve",
            "serve --port 8080",
            "serve --address 0.0.0.0 --port 8320")
    {
        Add(_port);
        Add(_address);
        Add(_background);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        int port = context.Arguments.GetValue(_port);
        if (port is < 0 or > ushort.MaxValue)
        {
            throw new UsageException(CliCodes.BadQuantity, $"--port is from 0 to {ushort.MaxValue}.");
        }

        if (!IPAddress.TryParse(context.Arguments.GetValue(_address), out IPAddress? address))
        {
            throw new UsageException(CliCodes.BadQuantity, "--address is an IP address, for example 127.0.0.1.");
        }

        EstateDefinition estate = context.LoadEstate();
        await using SqlAttendance sql = await SqlAttendance.BeginAsync(
            context, new SqlServing(context, estate), cancellationToken);
        using EngineSession session = context.OpenSession(estate);
        if (EstateServer.ProductsOf(estate).IsEmpty && sql.IsOn)
        {
            context.Output.WriteInfo(sql.Text);
            context.Output.WriteText("Stop with Ctrl-C.");
            using IDisposable? alone = Announce(context, null);
            await AwaitStopAsync(context, cancellationToken);
            return ExitCodes.Success;
        }

        EstateServer server = await EstateServer.StartAsync(
            session, new() { Address = address, Port = port, Clock = context.Clock }, cancellationToken);
        try
        {
            Guide(context, server, address);
            if (sql.Text.Length > 0)
            {
                context.Output.WriteInfo(sql.Text);
            }

            using IDisposable? note = Announce(context, server.Address);
            await AwaitStopAsync(context, cancellationToken);
        }
        finally
        {
            await server.DisposeAsync();
        }

        Report(context, server);
        return ExitCodes.Success;
    }

    /// <summary>Says in the home that it runs, where <c>up</c> started it, until it ends.</summary>
    private IDisposable? Announce(CommandContext context, Uri? address) =>
        context.Arguments.GetValue(_background) ? new BackgroundServer(context.Home()).Announce(address) : null;

    private static async Task AwaitStopAsync(CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Output.WriteInfo("Stopping: requests under way end, and exposures are committed.");
        }
    }

    private static void Guide(CommandContext context, EstateServer server, IPAddress address)
    {
        CliOutput output = context.Output;
        foreach (RecommenderEndpoint endpoint in server.Endpoints)
        {
            output.WriteInfo($"Serving {server.Address}endpoints/{endpoint.Name}/score; described by "
                + $"{server.Address}endpoints/{endpoint.Name}/swagger.json");
            if (endpoint.Deployments.IsEmpty)
            {
                output.WriteInfo(
                    $"Endpoint {endpoint.Name} has no model yet and answers 404 until one is registered. Train one "
                    + $"with: {context.Invocation("run")}");
            }
        }

        if (!IPAddress.IsLoopback(address))
        {
            output.WriteInfo(
                "Other machines can call this server, and keys cross the network unencrypted: put a proxy with TLS in "
                + "front.");
        }

        output.WriteText($"Keys: {context.Invocation("recommender keys")}");
        output.WriteText("Stop with Ctrl-C.");
    }

    private static void Report(CommandContext context, EstateServer server)
    {
        foreach (RecommenderEndpoint endpoint in server.Endpoints)
        {
            long lost = endpoint.Exposures.Status.Dropped;
            context.Output.WriteInfo(
                $"Endpoint {endpoint.Name} answered {Amount.Count(endpoint.Counters.Answered, "request")}; "
                + $"{Amount.Count(endpoint.Exposures.Status.RowsCommitted, "row")} of exposures and feedback committed"
                + (lost == 0 ? "." : $", {Amount.Count(lost, "record")} lost for want of room."));
        }
    }
}
