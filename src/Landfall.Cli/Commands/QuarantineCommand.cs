using System.CommandLine;
using System.Globalization;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Formats;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;
using Landfall.Engine.Query;

namespace Landfall.Cli.Commands;

/// <summary><c>quarantine</c>: which rows of a table's source broke its contract.</summary>
internal sealed class QuarantineCommand : LandfallCommand
{
    private readonly Argument<string> _table = TableArgument.Create();

    private readonly Option<long?> _batch = new("--batch")
    {
        Description = "Only this batch.",
        HelpName = "N",
    };

    private readonly Option<bool> _rows = new("--rows")
    {
        Description = "The rows themselves as the source sent them, instead of counts.",
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "Rows at most, 0 for all.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    public QuarantineCommand()
        : base(
            "quarantine",
            "Count the quarantined rows of an integration's table by batch and rule; show them where asked to.",
            "quarantine billing.invoices.invoice",
            "quarantine usage_event --batch 12 --rows --limit 5")
    {
        Add(_table);
        Add(_batch);
        Add(_rows);
        Add(_limit);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        CatalogTable table = BatchArgument.Enriched(session.Catalog, context.Arguments.GetRequiredValue(_table));
        CatalogTable quarantine = session.Catalog.QuarantineOf(table.Name);
        if (await session.Open(quarantine).TryLoadAsync(null, cancellationToken) is null)
        {
            context.Output.WriteInfo($"No row of {table.Name} was ever quarantined.");
            return ExitCodes.Success;
        }

        int limit = context.Arguments.GetValue(_limit);
        string condition = context.Arguments.GetValue(_batch) is { } batch
            ? string.Create(CultureInfo.InvariantCulture, $" where _batch = {batch}")
            : "";
        if (context.Arguments.GetValue(_rows))
        {
            await ShowRowsAsync(context, session, $"{quarantine.Name}{condition}", limit, cancellationToken);
        }
        else
        {
            await CountAsync(context, session, $"{quarantine.Name}{condition}", cancellationToken);
        }

        await SayWhatWaitsAsync(context, session, table, cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task ShowRowsAsync(
        CommandContext context, EngineSession session, string from, int limit, CancellationToken cancellationToken)
    {
        string most = limit > 0 ? $" limit {limit + 1L}" : "";
        using QueryResult result = await new QueryRunner(session).RunAsync(
            $"select _batch, _source, _row, rule, column_name, raw from {from} order by _batch, _source, _row{most}",
            cancellationToken);
        ResultPrinter.Print(context.Output, result, limit, cancellationToken);
    }

    private static async Task CountAsync(
        CommandContext context, EngineSession session, string from, CancellationToken cancellationToken)
    {
        using QueryResult result = await new QueryRunner(session).RunAsync(
            $"select _batch, rule, column_name, count(*) from {from} group by _batch, rule, column_name "
            + "order by _batch, rule, column_name",
            cancellationToken);
        IRowWriter rows = context.Output.Rows(
            new("batch", true), new("rule"), new("column"), new("rows", true), new("meaning"));
        foreach (object?[] row in result.Rows())
        {
            rows.Write([row[0], row[1], row[2], row[3], RuleAdvice.Meaning((string)row[1]!)]);
        }

        rows.End();
    }

    private static async Task SayWhatWaitsAsync(
        CommandContext context, EngineSession session, CatalogTable table, CancellationToken cancellationToken)
    {
        if (await new BatchReplay(session).FailedAsync(table, cancellationToken) is { } failed)
        {
            context.Output.WriteInfo(string.Create(
                CultureInfo.InvariantCulture,
                $"Batch {failed.Batch} waits: {failed.Bad} of its {Amount.Count(failed.Rows, "row")} are bad. ")
                + RuleAdvice.Remedies(failed.Rules.Keys)
                + $"Read it again with: {context.Invocation($"replay {table.Name}/{failed.Batch}")}; take it as it is "
                + $"with: {context.Invocation($"replay {table.Name}/{failed.Batch} --accept")}");
        }
    }
}
