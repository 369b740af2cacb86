using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Landfall.Cli.Commands;
using Landfall.Cli.Help;
using Landfall.Estate.Names;

namespace Landfall.Cli;

/// <summary>The command line as a whole: its commands, its errors and its signals.</summary>
internal static class CliApplication
{
    /// <summary>Examples of the root's help.</summary>
    public static IReadOnlyList<string> RootExamples { get; } =
        ["up", "status", "query \"select * from billing.revenue_by_service.revenue_by_service limit 10\""];

    /// <summary>Runs a command line to its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = CreateRoot().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            return ReportMisuse(parsed);
        }

        using CancellationTokenSource stop = new();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, s => Stop(s, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, s => Stop(s, stop));
        InvocationConfiguration configuration = new()
        {
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync(
                $"error {CliCodes.Unexpected}: Landfall met a situation it has no name for. What was committed before "
                + $"is whole. Please report this:\n{failure}");
            return ExitCodes.Misuse;
        }
    }

    /// <summary>The command tree.</summary>
    public static Command CreateRoot()
    {
        Command root = new(
            "landfall", "Landfall runs a company's data landing zones: from source systems to governed data products.");
        foreach (Command command in CommandList.All)
        {
            root.Add(command);
        }

        HelpOption help = new();
        help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        root.Add(help);
        root.Add(new VersionOption());
        foreach (Option option in GlobalOptions.All)
        {
            root.Add(option);
        }

        return root;
    }

    /// <summary>The first signal asks the command to stop; a second one ends the process as usual.</summary>
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }

    /// <summary>What follows a misspelt command is misread too, so that only the first complaint helps.</summary>
    private static int ReportMisuse(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count > 0)
        {
            string token = parsed.UnmatchedTokens[0];
            IEnumerable<string> known = command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)
                .Concat(command.Options.Concat(GlobalOptions.All).Select(o => o.Name));
            string hint = Spelling.Closest(token, known) is { } near ? $" Did you mean {near}?" : "";
            Console.Error.WriteLine($"landfall: '{token}' is no command, option or argument here.{hint}");
        }
        else
        {
            foreach (ParseError error in parsed.Errors)
            {
                Console.Error.WriteLine("landfall: " + error.Message);
            }
        }

        Console.Error.WriteLine($"See {PathOf(parsed.CommandResult)} --help.");
        return ExitCodes.Misuse;
    }

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent
        ? PathOf(parent) + " " + result.Command.Name
        : result.Command.Name;
}
