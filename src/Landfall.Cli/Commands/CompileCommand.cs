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
    private readonly Argument<string> _model = new("MODEL")
    {
        Description = "A product's table: zone.unit.table, or the end of that name where no other table has it.",
    };

    public CompileCommand()
        : base(
            "compile",
            "Show the SQL that builds a product's table, macros expanded and columns cast to the contract's types.",
            "compile billing.revenue_by_service.revenue_by_service",
            "compile revenue_by_account_service") => Add(_model);

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        EstateCatalog catalog = new(estate);
        EstateAnalysis analysis = context.Analyse(estate, catalog);
        string text = context.Arguments.GetRequiredValue(_model);
        context.Output.Data.WriteLine(Find(catalog, analysis, text).Compile(SqlDialect.DuckDb));
        return Task.FromResult(ExitCodes.Success);
    }

    private static ProductModel Find(EstateCatalog catalog, EstateAnalysis analysis, string text)
    {
        IReadOnlyList<ProductModel> models =
        [
            .. catalog.Tables.Select(t => analysis.FindModel(t.Name)).OfType<ProductModel>()
                .Where(m => m.Query.Length > 0),
        ];
        ProductModel[] found =
            [.. models.Where(m => $".{m.Table.Name}".EndsWith("." + text, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 1)
        {
            return found[0];
        }

        string known = string.Join(", ", models.Select(m => m.Table.Name));
        string hint = Spelling.Closest(text, models.Select(m => m.Table.Name.Table)) is { } near && found.Length == 0
            ? $" Did you mean {near}?"
            : "";
        throw new UsageException(
            CliCodes.UnknownModel,
            found.Length == 0
                ? $"No product builds a table {text}.{hint} The estate's products build {known}."
                : $"Several products build a table {text}: {string.Join(", ", found.Select(m => m.Table.Name))}.");
    }
}
