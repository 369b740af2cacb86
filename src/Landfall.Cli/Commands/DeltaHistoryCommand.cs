using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Reading;

namespace Landfall.Cli.Commands;

/// <summary><c>delta history</c>: the versions of a Delta table in any folder.</summary>
internal sealed class DeltaHistoryCommand : LandfallCommand
{
    private readonly Argument<string> _path = DeltaPath.Create();

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many versions, the newest first; 0 for all.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    public DeltaHistoryCommand()
        : base(
            "history",
            "Show the versions of a Delta table in any folder: when, what was done, and how files changed.",
            "delta history lake/orders",
            "delta history lake/orders --limit 0 --format json")
    {
        Add(_path);
        Add(_limit);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using StoredTable table = new(context.Arguments.GetRequiredValue(_path), TimeProvider.System);
        _ = await table.LoadAsync(null, null, cancellationToken);
        int limit = context.Arguments.GetValue(_limit);
        IRowWriter rows = context.Output.Rows(
            new("version", true), new("committed"), new("operation"), new("parameters"), new("rows_added", true),
            new("files_added", true), new("files_removed", true), new("data_change"));
        foreach (CommitSummary commit in await table.Log.HistoryAsync(limit > 0 ? limit : null, cancellationToken))
        {
            rows.Write(
            [
                commit.Version, commit.Timestamp, commit.Operation, commit.Parameters, commit.AddedRows,
                commit.AddedFiles, commit.RemovedFiles, commit.DataChange,
            ]);
        }

        rows.End();
        return ExitCodes.Success;
    }
}
