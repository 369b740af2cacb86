using System.CommandLine;
using System.CommandLine.Parsing;
using Landfall.Cli.Output;

namespace Landfall.Cli;

/// <summary>Options that every command takes.</summary>
internal static class GlobalOptions
{
    /// <summary>Folder of the estate.</summary>
    public static Option<string?> Estate { get; } = new("--estate")
    {
        Description = "Folder that holds estate.yaml. Default: the nearest one upwards from here, else the estate "
            + "that ships with Landfall.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Folder of the state.</summary>
    public static Option<string?> Home { get; } = new("--home")
    {
        Description = "Folder for lakes, runs, logs and secrets. Default: .landfall beside the launcher for the "
            + "estate that ships with Landfall, .landfall in the estate's folder for any other.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>The target.</summary>
    public static Option<string?> Target { get; } = new("--target")
    {
        Description = "Target of the estate to work on. Default: local, or the only one.",
        HelpName = "NAME",
        Recursive = true,
    };

    /// <summary>Places of file sources.</summary>
    public static Option<string[]> Location { get; } = new("--location")
    {
        Description = "Folder or file of a file source, replacing the target's; may be repeated.",
        HelpName = "NAME=PATH",
        Recursive = true,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>How data is written to standard output.</summary>
    public static Option<OutputFormat> Format { get; } = new("--format")
    {
        Description = "How results are written to standard output: table, json (an object a line) or csv. "
            + "Default: table.",
        HelpName = "FORMAT",
        CustomParser = ParseFormat,
        Recursive = true,
    };

    /// <summary>Whether colour is off even on a terminal.</summary>
    public static Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colour; so does the environment variable NO_COLOR.",
        Recursive = true,
    };

    /// <summary>Whether progress is left out.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Only results and errors, no progress.",
        Recursive = true,
    };

    /// <summary>All of them, in the order help shows them.</summary>
    public static IReadOnlyList<Option> All { get; } = [Estate, Home, Target, Location, Format, NoColor, Quiet];

    private static OutputFormat ParseFormat(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (Enum.TryParse(text, ignoreCase: true, out OutputFormat format) && Enum.IsDefined(format))
        {
            return format;
        }

        argument.AddError($"'{text}' is no format; it is one of table, json and csv.");
        return OutputFormat.Table;
    }
}
