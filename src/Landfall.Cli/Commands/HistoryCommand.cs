using System.CommandLine;
using Landfall.Delta;
using Landfall.Engine;
using Landfall.Engine.Lakes;

namespace Landfall.Cli.Commands;

/// <summary><c>history</c>: a table's versions.</summary>
internal sealed class HistoryCommand : LandfallCommand
{
    private readonly Argument<string> _table = TableArgument.Create();

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many versions, the newest first.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    public HistoryCommand()
        : base(
            "history",
            "Show the versions of a table: when, by which run and step, and what changed.",
            "history billing.revenue_by_service.revenue_by_account_service",
            "history usage_event --limit 3 --format json")
    {
        Add(_table);
        Add(_limit);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        CatalogTable table = TableArgument.Resolve(session.Catalog, context.Arguments.GetRequiredValue(_table));
        int limit = Math.Max(1, context.Arguments.GetValue(_limit));
        IReadOnlyList<CommitSummary> commits = await session.Open(table).HistoryAsync(limit, cancellationToken);
        HistoryPrinter.Print(context.Output, commits);
        if (commits.Count == 0)
        {
            string run = context.Invocation($"run --select +{table.UnitId}");
            context.Output.WriteInfo($"{table.Name} has no version yet. Bring data to it with: {run}");
        }

        return ExitCodes.Success;
    }
}
