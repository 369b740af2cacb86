using System.CommandLine;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;

namespace Landfall.Cli.Commands;

/// <summary><c>replay</c>: reads a landed batch again.</summary>
internal sealed class ReplayCommand : LandfallCommand
{
    private readonly Argument<string> _batch = BatchArgument.Create();

    private readonly Option<bool> _accept = new("--accept")
    {
        Description = "Take the batch that failed as it is: its good rows into the table, its bad ones into the "
            + "quarantine, whatever their share.",
    };

    public ReplayCommand()
        : base(
            "replay",
            "Read a batch from raw again: one that waits because too many rows were bad, or, with the whole of its "
                + "table, one that the table has.",
            "replay billing.invoices.invoice/12",
            "replay billing.invoices.invoice/12 --accept")
    {
        Add(_batch);
        Add(_accept);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        EstateAnalysis analysis = await context.AnalyseAsync(session, cancellationToken);
        (CatalogTable table, long batch) = BatchArgument.Resolve(
            session.Catalog, context.Arguments.GetRequiredValue(_batch));
        BatchReplay replay = new(session, context.Output.WriteInfo);
        bool whole = await replay.IsInTableAsync(table, batch, cancellationToken);
        if (context.Arguments.GetValue(_accept))
        {
            await replay.AcceptAsync(table, batch, cancellationToken);
            context.Output.WriteInfo($"Batch {batch} of {table.Name} is accepted as it is.");
        }

        return await new RunDriver(context, session, analysis).RunAsync(
            [table.Name.ToString()], [], steps => new(steps, FullRefresh: whole, RetriesFailed: true),
            cancellationToken);
    }
}
