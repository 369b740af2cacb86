using Landfall.Cli.Output;
using Landfall.DuckDb;
using Landfall.Engine.Query;

namespace Landfall.Cli.Commands;

/// <summary>Writes a query's rows in the chosen format.</summary>
internal static class ResultPrinter
{
    /// <summary>Writes rows up to a limit, 0 for all; says on standard error where there are more.</summary>
    public static void Print(
        CliOutput output, QueryResult result, int limit, CancellationToken cancellationToken) =>
        Print(output, result.Result.Columns, result.Result.Rows(), limit, cancellationToken);

    /// <summary>Writes rows up to a limit, 0 for all; says on standard error where there are more.</summary>
    public static void Print(
        CliOutput output, IEnumerable<DuckDbColumn> shape, IEnumerable<object?[]> source, int limit,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<OutputColumn> columns = [.. shape.Select(c => new OutputColumn(c.Name, IsNumber(c.Type)))];
        IRowWriter rows = output.Rows(columns);
        long written = 0;
        bool more = false;
        foreach (object?[] row in source)
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
        output.Say(more
            ? $"The first {Amount.Count(written, "row")}; --limit 0 gives all of them."
            : Amount.Count(written, "row"));
    }

    private static bool IsNumber(DuckDbType type) => type.Id
        is DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer or DuckDbTypeId.BigInt
        or DuckDbTypeId.HugeInt or DuckDbTypeId.Float or DuckDbTypeId.Double or DuckDbTypeId.Decimal;
}
