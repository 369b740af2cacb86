using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// The values of an incremental column that changed rows touch: the distinct values of each input's expression over
/// the rows that came and went. Null is a value like any other; the empty text counts as null, as which Delta stores
/// it.
/// </summary>
internal static class AffectedPartitions
{
    /// <summary>Finds the values as text, in order; null comes first.</summary>
    /// <param name="connection">Where the selects can be read.</param>
    /// <param name="columnType">DuckDB type of the column.</param>
    /// <param name="inputs">The inputs; those without changes affect nothing.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static ImmutableArray<string?> Find(
        DuckDbConnection connection, string columnType, IEnumerable<BuildInput> inputs,
        CancellationToken cancellationToken)
    {
        string[] parts =
        [
            .. inputs.Where(i => i.Changes is not null).Select(i =>
                $"select distinct {Value(i.Expression!, columnType)} as v "
                + $"from ({PinnedScan.Changes(i.Table, i.Changes!)})"),
        ];
        if (parts.Length == 0)
        {
            return [];
        }

        IReadOnlyList<object?[]> values = connection.Collect(
            $"select distinct nullif(cast(v as varchar), '') from ({string.Join(" union all ", parts)}) "
            + "order by 1 nulls first",
            cancellationToken);
        return [.. values.Select(r => (string?)r[0])];
    }

    /// <summary>The value of the column that a row of an input influences, of the column's own type.</summary>
    /// <param name="expression">The input's portable expression.</param>
    /// <param name="columnType">DuckDB type of the column.</param>
    public static string Value(string expression, string columnType) =>
        $"cast(({SqlCompiler.Expand(expression)}) as {columnType})";

    /// <summary>A condition that holds for these values only; it is never null.</summary>
    /// <param name="value">What is compared, of the column's type.</param>
    /// <param name="columnType">DuckDB type of the column.</param>
    /// <param name="values">The values as <see cref="Find"/> gives them.</param>
    public static string Condition(string value, string columnType, ImmutableArray<string?> values)
    {
        string[] known = [.. values.OfType<string>().Select(v => $"cast({SqlText.Literal(v)} as {columnType})")];
        string listed = known.Length == 0
            ? "false" : $"({value} is not null and {value} in ({string.Join(", ", known)}))";
        string empty = columnType == "VARCHAR" ? $" or {value} = ''" : "";
        return values.Contains(null) ? $"({listed} or {value} is null{empty})" : listed;
    }
}
