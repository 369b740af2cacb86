using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Query;

namespace Landfall.Cli.Commands;

/// <summary><c>query</c>: one select over the estate's tables.</summary>
internal sealed class QueryCommand : LandfallCommand
{
    private const int TableRows = 1000;

    private readonly Argument<string> _sql = new("SQL")
    {
        Description = "One select; tables are named zone.unit.table.",
    };

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = "Rows at most, 0 for all. Default: 1000 in a table, all in json and csv.",
        HelpName = "N",
    };

    public QueryCommand()
        : base(
            "query",
            "Answer one select over the estate's tables.",
            "query \"select month, sum(net) as net from billing.revenue_by_service.revenue_by_service group by month\"",
            "query \"select count(*) as events from operations.service_telemetry.usage_event\" --format json")
    {
        Add(_sql);
        Add(_limit);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        int limit = context.Arguments.GetValue(_limit) ?? (context.Output.Format == OutputFormat.Table ? TableRows : 0);
        using QueryResult result = await new QueryRunner(session).RunAsync(
            context.Arguments.GetRequiredValue(_sql), cancellationToken);
        ResultPrinter.Print(context.Output, result, limit, cancellationToken);
        return ExitCodes.Success;
    }
}
