using System.CommandLine;

namespace Landfall.Cli.Commands;

/// <summary>A command that only holds others.</summary>
internal sealed class CommandGroup : Command
{
    /// <summary>Makes a group of commands.</summary>
    public CommandGroup(string name, string description, params IReadOnlyList<LandfallCommand> commands)
        : base(name, description)
    {
        Examples = [.. commands.SelectMany(c => c.Examples)];
        foreach (LandfallCommand command in commands)
        {
            Add(command);
        }
    }

    /// <summary>The examples of its commands.</summary>
    public IReadOnlyList<string> Examples { get; }
}
