using Landfall.Engine.Evolution;

namespace Landfall.Cli.Output;

/// <summary>How a plan tells of a change of a contract and of whom it reaches.</summary>
internal static class ContractText
{
    /// <summary>Writes a change, and a line for each consumer in another zone.</summary>
    public static void Write(CliOutput output, PlannedContract change)
    {
        output.WriteText($"{output.DataInk.Yellow("contract")}  {change.Drift.Table.Name}: {Reason(change)}");
        foreach (Consumer consumer in change.Consumers)
        {
            output.WriteText($"       reaches {Name(consumer)}");
        }

        if (change.Drift.IsBreaking && change.Consumers.IsEmpty)
        {
            output.WriteText(output.DataInk.Faint("       reaches no other zone"));
        }
    }

    /// <summary>What changes, and what that means.</summary>
    public static string Reason(PlannedContract change) =>
        $"{(change.Drift.IsBreaking ? "breaking" : change.Drift.Rebuilds ? "compatible" : "no row changes")}, "
        + change.Drift.Text;

    /// <summary>A consumer with its owner and how it reaches the table.</summary>
    public static string Name(Consumer consumer) =>
        $"{consumer.Zone}/{consumer.Product} of {consumer.Owner}: {consumer.Through}";
}
