using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Query;

namespace Landfall.Cli.Commands;

/// <summary><c>status</c>: how every table stands.</summary>
internal sealed class StatusCommand() : LandfallCommand(
    "status",
    "Show every table: version, rows, size, and how old its data is against what its contract promises.",
    "status",
    "status --format json")
{
    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        IReadOnlyList<TableStatus> tables =
            await new StatusReader(session, context.Analyse(session)).ReadAsync(cancellationToken);
        Write(context.Output, tables);
        int stale = tables.Count(t => t.Fresh == false);
        int empty = tables.Count(t => t.Version < 0);
        context.Output.WriteInfo(
            $"{Amount.Count(tables.Count, "table")}, {empty} without data, {stale} older than promised. Lake: "
            + session.Lake.Root);
        return ExitCodes.Success;
    }

    private static void Write(CliOutput output, IReadOnlyList<TableStatus> tables)
    {
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("table"), new("kind"), new("version", true), new("rows", true), new(people ? "size" : "bytes", true),
            new("committed"), new(people ? "age" : "age_seconds", true),
            new(people ? "promised" : "promised_seconds", true), new("fresh"));
        foreach (TableStatus table in tables)
        {
            rows.Write(
            [
                table.Table.Name.ToString(),
                table.Table.Kind.ToString().ToLowerInvariant(),
                table.Version < 0 ? (people ? "-" : null) : table.Version,
                Rows(table, people),
                people ? Amount.Bytes(table.Bytes) : table.Bytes,
                people ? table.Committed?.UtcDateTime.ToString("yyyy-MM-dd HH:mm") ?? "-" : table.Committed,
                Span(table.Age, people),
                Span(table.Promise, people),
                people ? Word(table.Fresh) : table.Fresh,
            ]);
        }

        rows.End();
    }

    private static object? Rows(TableStatus table, bool people) => table.Rows < 0
        ? (people ? "?" : null)
        : people ? Amount.Count(table.Rows) : table.Rows;

    private static object? Span(TimeSpan? span, bool people) => people
        ? span is { } time ? Amount.Time(time) : "-"
        : span?.TotalSeconds;

    private static string Word(bool? fresh) => fresh switch { true => "yes", false => "no", null => "-" };
}
