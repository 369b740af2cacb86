using System.CommandLine;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Names;

namespace Landfall.Cli.Commands;

/// <summary>The argument of commands about one table.</summary>
internal static class TableArgument
{
    /// <summary>Makes the argument.</summary>
    public static Argument<string> Create() => new("TABLE")
    {
        Description = "A table: zone.unit.table, or the end of that name where no other table has it.",
    };

    /// <summary>Finds the table that a name means.</summary>
    /// <exception cref="UsageException">LF4904 where no table or several have it.</exception>
    public static CatalogTable Resolve(EstateCatalog catalog, string text)
    {
        string name = text.ToLowerInvariant();
        CatalogTable[] found =
            [.. catalog.Tables.Where(t => $".{t.Name}".EndsWith("." + name, StringComparison.Ordinal))];
        if (found.Length == 1)
        {
            return found[0];
        }

        if (found.Length > 1)
        {
            throw new UsageException(
                CliCodes.UnknownTable,
                $"Several tables are called {text}: {string.Join(", ", found.Select(t => t.Name))}. Give the full "
                + "name.");
        }

        throw new UsageException(
            CliCodes.UnknownTable,
            $"There is no table {text}.{Suggest(catalog, name)} List them with: landfall status");
    }

    private static string Suggest(EstateCatalog catalog, string name)
    {
        IReadOnlyList<TableName> names = [.. catalog.Tables.Select(t => t.Name)];
        string? near = name.Contains('.', StringComparison.Ordinal)
            ? Spelling.Closest(name, names.Select(n => n.ToString()))
            : Spelling.Closest(name, names.Select(n => n.Table));
        return near is null ? "" : $" Did you mean {near}?";
    }
}
