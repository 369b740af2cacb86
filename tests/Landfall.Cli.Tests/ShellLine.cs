using System.CommandLine;
using System.CommandLine.Parsing;

namespace Landfall.Cli.Tests;

/// <summary>A command line of a page or of help, parsed by the program's own parser.</summary>
internal static class ShellLine
{
    /// <summary>Parses <c>landfall …</c> with or without <c>./</c> and a prompt before it.</summary>
    public static ParseResult Parse(string line)
    {
        string arguments = line.TrimStart('$', ' ');
        arguments = arguments[(arguments.IndexOf("landfall", StringComparison.Ordinal) + "landfall".Length)..];
        return CliApplication.CreateRoot().Parse([.. CommandLineParser.SplitCommandLine(arguments)]);
    }
}
