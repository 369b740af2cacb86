using System.Collections.Immutable;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// The values of an incremental column that changed rows touch: the distinct values of each input's expression over
/// the rows that came and went.
/// </summary>
internal static class AffectedValues
{
    /// <summary>Finds the values as text, in order; null is not among them.</summary>
    /// <param name="connection">Where the selects can be read.</param>
    /// <param name="columnType">DuckDB type of the column.</param>
    /// <param name="changes">The expression and a select of the changed rows, by input.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static ImmutableArray<string> Find(
        DuckDbConnection connection, string columnType, IEnumerable<(string Expression, string Select)> changes,
        CancellationToken cancellationToken)
    {
        string[] parts =
            [.. changes.Select(c => $"select distinct cast(({c.Expression}) as {columnType}) as v from ({c.Select})")];
        if (parts.Length == 0)
        {
            return [];
        }

        IReadOnlyList<object?[]> values = connection.Collect(
            $"select distinct cast(v as varchar) from ({string.Join(" union all ", parts)}) "
            + "where v is not null order by 1",
            cancellationToken);
        return [.. values.Select(r => (string)r[0]!)];
    }

    /// <summary>A condition that holds for these values only.</summary>
    public static string Condition(string columnType, ImmutableArray<string> values) => values.Length == 0
        ? "in (null)"
        : $"in ({string.Join(", ", values.Select(v => $"cast({Relations.Literal(v)} as {columnType})"))})";
}
