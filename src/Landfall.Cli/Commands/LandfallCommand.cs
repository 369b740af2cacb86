using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Cli.Commands;

/// <summary>
/// A command: declares its arguments in its constructor and does its work in one method. Failures become messages and
/// exit codes here and nowhere else.
/// </summary>
internal abstract class LandfallCommand : Command
{
    /// <summary>Makes a command with its examples, each what follows <c>landfall</c> on the command line.</summary>
    protected LandfallCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(InvokeAsync);
    }

    /// <summary>What follows <c>landfall</c> on command lines that show the command.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CliOutput output = new(
            arguments.GetValue(GlobalOptions.Format),
            arguments.GetValue(GlobalOptions.NoColor),
            arguments.GetValue(GlobalOptions.Quiet));
        CommandContext context = new(arguments, output);
        try
        {
            return await ExecuteAsync(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.WriteInfo($"Stopped. Nothing that was committed is lost. Continue with: {context.SameInvocation()}");
            return ExitCodes.Interrupted;
        }
        catch (UsageException failure)
        {
            output.Fail(failure.Code, failure.Message);
            return ExitCodes.Misuse;
        }
        catch (LandfallException failure)
        {
            output.Fail(failure.Code, failure.Message);
            return ExitCodes.Failure;
        }
        catch (Exception failure) when (PosixCalls.IsOfFiles(failure))
        {
            output.Fail(
                CliCodes.HomeUnusable,
                $"{failure.Message} What was committed before is whole. Check the folder and its rights, then run "
                + "again.");
            return ExitCodes.Misuse;
        }
    }
}
