using System.CommandLine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Sql;

namespace Landfall.Cli.Commands;

/// <summary><c>compile</c>: the SQL that builds a product's table.</summary>
internal sealed class CompileCommand : LandfallCommand
{
    private readonly Argument<string> _table = new("TABLE")
    {
        Description = "A product's table: zone.unit.table, or the end of that name where no other table has it.",
    };

    public CompileCommand()
        : base(
            "compile",
            "Show the SQL that builds a product's table, macros expanded and columns cast to the contract's types.",
            "compile billing.revenue_by_service.revenue_by_service",
            "compile revenue_by_account_service") => Add(_table);

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        EstateCatalog catalog = new(estate);
        EstateAnalysis analysis = context.Analyse(estate, catalog);
        string text = context.Arguments.GetRequiredValue(_table);
        context.Output.Data.WriteLine(Find(catalog, analysis, text).Compile(SqlDialect.DuckDb));
        return Task.FromResult(ExitCodes.Success);
    }

    private static BuildDefinition Find(EstateCatalog catalog, EstateAnalysis analysis, string text)
    {
        IReadOnlyList<BuildDefinition> definitions =
        [
            .. catalog.Tables.Select(t => analysis.FindDefinition(t.Name)).OfType<BuildDefinition>()
                .Where(d => d.Query.Length > 0),
        ];
        BuildDefinition[] found =
            [.. definitions.Where(d => $".{d.Table.Name}".EndsWith("." + text, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1)
        {
            return found[0];
        }

        string known = string.Join(", ", definitions.Select(d => d.Table.Name));
        string? near = Spelling.Closest(text, definitions.Select(d => d.Table.Name.Table));
        string hint = near is not null && found.Length == 0 ? $" Did you mean {near}?" : "";
        throw new UsageException(
            CliCodes.UnknownProductTable,
            found.Length == 0
                ? $"No product builds a table {text}.{hint} The estate's products build {known}."
                : $"Several products build a table {text}: {string.Join(", ", found.Select(d => d.Table.Name))}.");
    }
}
