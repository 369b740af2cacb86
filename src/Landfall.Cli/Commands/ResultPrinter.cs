using Landfall.Cli.Output;
using Landfall.Engine.Engines;

namespace Landfall.Cli.Commands;

/// <summary>Writes a query's rows in the chosen format.</summary>
internal static class ResultPrinter
{
    /// <summary>Writes rows up to a limit, 0 for all; says on standard error where there are more.</summary>
    public static void Print(CliOutput output, IRows result, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<OutputColumn> columns = [.. result.Columns.Select(c => new OutputColumn(c.Name, c.IsNumber))];
        IRowWriter rows = output.Rows(columns);
        long written = 0;
        bool more = false;
        foreach (object?[] row in result.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (limit > 0 && written == limit)
            {
                more = true;
                break;
            }

            rows.Write(row);
            written++;
        }

        rows.End();
        output.WriteInfo(more
            ? $"The first {Amount.Count(written, "row")}; --limit 0 gives all of them."
            : Amount.Count(written, "row"));
    }
}
