using System.CommandLine;

namespace Landfall.Cli.Commands;

/// <summary>Options that several commands about agreements have.</summary>
internal static class ShareOptions
{
    /// <summary>Who acts.</summary>
    public static Option<string> By() => new("--by")
    {
        Description = "The user who decides or asks, an id of the management zone.",
        HelpName = "USER",
        Required = true,
    };

    /// <summary>Why; empty where nothing is said.</summary>
    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why, for those who read the file later.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };
}
