using System.CommandLine;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Engine.Query;

namespace Landfall.Cli.Commands;

/// <summary><c>show</c>: the first rows of a table.</summary>
internal sealed class ShowCommand : LandfallCommand
{
    private readonly Argument<string> _table = TableArgument.Create();

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "Rows at most, 0 for all.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    public ShowCommand()
        : base(
            "show",
            "Show the first rows of a table.",
            "show billing.revenue_by_service.revenue_by_service",
            "show usage_event --limit 5 --format csv")
    {
        Add(_table);
        Add(_limit);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        CatalogTable table = TableArgument.Resolve(session.Catalog, context.Arguments.GetRequiredValue(_table));
        int limit = context.Arguments.GetValue(_limit);
        string last = limit > 0 ? $" limit {limit + 1L}" : "";
        using QueryResult result = await new QueryRunner(session).RunAsync(
            $"select * from {table.Name}{last}", cancellationToken);
        ResultPrinter.Print(context.Output, result, limit, cancellationToken);
        return ExitCodes.Success;
    }
}
