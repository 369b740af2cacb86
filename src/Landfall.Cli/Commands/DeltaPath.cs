using System.CommandLine;

namespace Landfall.Cli.Commands;

/// <summary>The folder of a Delta table as an argument, and which of its versions.</summary>
internal static class DeltaPath
{
    /// <summary>Makes the argument.</summary>
    public static Argument<string> Create() => new("PATH")
    {
        Description = "Folder of a Delta table, the one that holds _delta_log.",
    };

    /// <summary>Makes the option for a version.</summary>
    public static Option<long?> Version() => new("--version")
    {
        Description = "The version to read. Default: the newest.",
        HelpName = "N",
    };

    /// <summary>Makes the option for a time.</summary>
    public static Option<DateTimeOffset?> Timestamp() => new("--timestamp")
    {
        Description = "Read the version that was the newest at this time, UTC unless it says otherwise.",
        HelpName = "TIME",
        CustomParser = argument =>
        {
            if (DateTimeOffset.TryParse(
                argument.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            {
                return time;
            }

            argument.AddError($"'{argument.Tokens[0].Value}' is no time; write it as 2026-06-01T12:00:00Z.");
            return null;
        },
    };
}
