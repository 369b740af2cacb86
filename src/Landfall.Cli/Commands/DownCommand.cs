using Landfall.Cli.Demo;
using Landfall.Cli.Serving;
using Landfall.Serving.Servers;

namespace Landfall.Cli.Commands;

/// <summary><c>down</c>: stops what <c>up</c> left running.</summary>
internal sealed class DownCommand() : LandfallCommand(
    "down",
    "Stop what up left running: endpoints, the PostgreSQL of published tables and the demo's. Tables, logins and "
    + "source data stay.",
    "down",
    "down --home elsewhere")
{
    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        bool[] stopped =
        [
            await new BackgroundServer(context.Home()).StopAsync(cancellationToken),
            await new EmbeddedSqlServer(context.Home(), context.Clock).StopAsync(cancellationToken),
            await new DemoSources(context).StopAsync(cancellationToken),
        ];
        context.Output.WriteInfo(stopped.Contains(true)
            ? $"Stopped. Start again with: {context.Invocation("up")}"
            : "Nothing was running.");
        return ExitCodes.Success;
    }
}
