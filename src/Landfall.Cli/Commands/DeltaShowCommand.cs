using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Reading;

namespace Landfall.Cli.Commands;

/// <summary><c>delta show</c>: the rows of a Delta table in any folder.</summary>
internal sealed class DeltaShowCommand : LandfallCommand
{
    private const int TableRows = 20;

    private readonly Argument<string> _path = DeltaPath.Create();
    private readonly Option<long?> _version = DeltaPath.Version();
    private readonly Option<DateTimeOffset?> _timestamp = DeltaPath.Timestamp();

    private readonly Option<int?> _limit = new("--limit")
    {
        Description = $"Rows at most, 0 for all. Default: {TableRows} in a table, all in json and csv.",
        HelpName = "N",
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Columns to show, separated by commas. Default: all.",
        HelpName = "A,B",
    };

    public DeltaShowCommand()
        : base(
            "show",
            "Show the rows of a Delta table in any folder, whoever wrote it.",
            "delta show lake/orders",
            "delta show lake/orders --version 3 --format json",
            "delta show lake/orders --timestamp 2026-06-01T00:00:00Z --columns id,amount --limit 5")
    {
        Add(_path);
        Add(_version);
        Add(_timestamp);
        Add(_limit);
        Add(_columns);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        long? version = context.Arguments.GetValue(_version);
        DateTimeOffset? at = context.Arguments.GetValue(_timestamp);
        if (version is not null && at is not null)
        {
            throw new UsageException(
                CliCodes.BadVersion, "--version and --timestamp exclude each other. Nothing was read.");
        }

        int limit = context.Arguments.GetValue(_limit)
            ?? (context.Output.Format == OutputFormat.Table ? TableRows : 0);
        string[] columns = (context.Arguments.GetValue(_columns) ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        using StoredTable table = new(context.Arguments.GetRequiredValue(_path), TimeProvider.System);
        Snapshot snapshot = await table.LoadAsync(version, at, cancellationToken);
        using StoredRows rows = table.Read(snapshot, columns, limit > 0 ? limit + 1L : null, cancellationToken);
        ResultPrinter.Print(context.Output, rows, limit, cancellationToken);
        return ExitCodes.Success;
    }
}
