using System.CommandLine;

namespace Landfall.Cli.Commands;

/// <summary>The options of commands that pick steps.</summary>
internal sealed class SelectionOptions
{
    /// <summary>What to take.</summary>
    public Option<string[]> Select { get; } = new("--select", "-s")
    {
        Description = "Only these: an integration or product (a), with what it needs (+a), with what needs it (a+), a "
            + "table's full name, zone:ID or state:modified; may be repeated.",
        HelpName = "SELECTOR",
    };

    /// <summary>What to leave out.</summary>
    public Option<string[]> Exclude { get; } = new("--exclude")
    {
        Description = "Not these; takes what --select takes.",
        HelpName = "SELECTOR",
    };

    /// <summary>Whether what is selected is built whole.</summary>
    public Option<bool> FullRefresh { get; } = new("--full-refresh")
    {
        Description = "Build selected products whole and derive enriched tables from raw anew, changed or not.",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(Select);
        command.Add(Exclude);
        command.Add(FullRefresh);
    }
}
