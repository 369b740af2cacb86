using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Landfall.Cli.Commands;

namespace Landfall.Cli.Help;

/// <summary>Help as the library writes it, with the command's examples after it.</summary>
internal sealed class ExamplesHelpAction(HelpAction inner) : SynchronousCommandLineAction
{
    /// <summary>Help is wanted most where something is missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int result = inner.Invoke(parseResult);
        IReadOnlyList<string> examples = parseResult.CommandResult.Command switch
        {
            LandfallCommand command => command.Examples,
            CommandGroup group => group.Examples,
            _ => CliApplication.RootExamples,
        };
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples)
        {
            output.WriteLine("  landfall " + example);
        }

        return result;
    }
}
