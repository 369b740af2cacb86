using System.CommandLine;
using Landfall.Engine.Lakes;

namespace Landfall.Cli.Commands;

/// <summary>The argument and option of commands about several tables: their names, or all.</summary>
internal sealed class TablesArgument
{
    private readonly Argument<string[]> _tables = new("TABLE")
    {
        Description = "Tables: zone.unit.table, or the end of that name where no other table has it.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Every table of the estate." };

    /// <summary>Adds the argument and the option to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_tables);
        command.Add(_all);
    }

    /// <summary>The tables that are meant.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="catalog">Every table.</param>
    /// <param name="among">Which of them <c>--all</c> means.</param>
    /// <exception cref="UsageException">
    /// LF4904 for a name of no table or of several; LF4229 where it is not said which.
    /// </exception>
    public IReadOnlyList<CatalogTable> Resolve(
        ParseResult arguments, EstateCatalog catalog, Func<CatalogTable, bool> among)
    {
        string[] names = arguments.GetValue(_tables) ?? [];
        bool all = arguments.GetValue(_all);
        if (all == names.Length > 0)
        {
            throw new UsageException(
                CliCodes.WhichTables,
                all ? "Tables are named and --all is given. Nothing was done. Say one or the other."
                    : "No table is named. Nothing was done. Name one or more, or say --all.");
        }

        return all
            ? [.. catalog.Tables.Where(among).OrderBy(t => t.Name)]
            : [.. names.Select(n => TableArgument.Resolve(catalog, n)).DistinctBy(t => t.Name)];
    }
}
