using System.CommandLine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Estate.Products;
using Landfall.Sql;

namespace Landfall.Cli.Commands;

/// <summary><c>compile</c>: the SQL that builds a product's table.</summary>
internal sealed class CompileCommand : LandfallCommand
{
    private const string DuckDb = "duckdb";
    private const string Spark = "spark";

    private readonly Argument<string> _table = new("TABLE")
    {
        Description = "A product's table: zone.unit.table, or the end of that name where no other table has it.",
    };

    private readonly Option<string> _dialect = new("--dialect")
    {
        Description = "The engine that the SQL is for: duckdb or spark. Default: that of the product's pool.",
        HelpName = "ENGINE",
    };

    public CompileCommand()
        : base(
            "compile",
            "Show the SQL that builds a product's table, macros expanded and columns cast to the contract's types.",
            "compile billing.revenue_by_service.revenue_by_service",
            "compile revenue_by_account_service --dialect spark")
    {
        Add(_table);
        Add(_dialect);
        _dialect.AcceptOnlyFromAmong(DuckDb, Spark);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        EstateCatalog catalog = new(estate);
        EstateAnalysis analysis = context.Analyse(estate, catalog);
        BuildDefinition definition = Find(catalog, analysis, context.Arguments.GetRequiredValue(_table));
        Product product = definition.Product;
        string engine = context.Arguments.GetValue(_dialect) ?? estate.PoolOf(product.Zone, product.Pool).Engine;
        bool isForSpark = engine == Spark;
        if (isForSpark && definition.SparkQuery is null)
        {
            throw new UsageException(
                CliCodes.UnknownProductTable,
                $"A worker computes {definition.Table.Name}, for which Spark has no SQL. "
                + $"A query of DuckDB that gives the same: landfall compile {definition.Table.Name} --dialect duckdb");
        }

        context.Output.Data.WriteLine(definition.Compile(isForSpark ? SqlDialect.Spark : SqlDialect.DuckDb));
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
