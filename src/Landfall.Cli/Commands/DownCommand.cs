using Landfall.Cli.Demo;

namespace Landfall.Cli.Commands;

/// <summary><c>down</c>: stops what <c>up</c> left running.</summary>
internal sealed class DownCommand() : LandfallCommand(
    "down",
    "Stop what up left running: the demo's PostgreSQL. Tables and source data stay.",
    "down",
    "down --home elsewhere")
{
    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        bool stopped = await new DemoSources(context).StopAsync(cancellationToken);
        context.Output.WriteInfo(stopped
            ? $"Stopped. Start again with: {context.Invocation("up")}"
            : "Nothing was running.");
        return ExitCodes.Success;
    }
}
