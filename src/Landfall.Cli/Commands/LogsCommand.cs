using System.CommandLine;
using Landfall.Engine.Lakes;
using Landfall.Estate.Names;

namespace Landfall.Cli.Commands;

/// <summary><c>logs</c>: what a run's steps and workers wrote.</summary>
internal sealed class LogsCommand : LandfallCommand
{
    private const string Latest = "latest";

    private readonly Argument<string> _run = new("RUN")
    {
        Description = "A run's id, or latest. Default: latest.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public LogsCommand()
        : base("logs", "Show the log of a run.", "logs", "logs latest", "logs r000012-1f2e3d") => Add(_run);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string file = Find(context.Home(), context.Arguments.GetValue(_run) ?? Latest);
        using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            await context.Output.Data.WriteLineAsync(line);
        }

        return ExitCodes.Success;
    }

    /// <summary>Only a file that the folder lists is opened, whatever the argument holds.</summary>
    private static string Find(LandfallHome home, string run)
    {
        FileInfo[] logs = Directory.Exists(home.Logs) ? new DirectoryInfo(home.Logs).GetFiles("*.log") : [];
        FileInfo? found = run == Latest
            ? logs.MaxBy(f => (f.LastWriteTimeUtc, f.Name))
            : Array.Find(logs, f => Path.GetFileNameWithoutExtension(f.Name) == run);
        if (found is not null)
        {
            return found.FullName;
        }

        string? near = Spelling.Closest(run, logs.Select(f => Path.GetFileNameWithoutExtension(f.Name)));
        string hint = near is null ? "" : $" Did you mean {near}?";
        throw new UsageException(
            CliCodes.UnknownRun,
            logs.Length == 0
                ? $"There are no runs in {home.Folder} yet. Start one with: landfall run"
                : $"There is no run {run}.{hint} List them with: landfall runs");
    }
}
