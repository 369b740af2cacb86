using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// The values of an incremental column that changed rows touch: the distinct values of each input's expression over
/// the rows that came and went.
/// </summary>
internal static class AffectedPartitions
{
    /// <summary>Finds the values as text, in order; null is not among them.</summary>
    /// <param name="connection">Where the selects can be read.</param>
    /// <param name="columnType">DuckDB type of the column.</param>
    /// <param name="inputs">The inputs; those without changes affect nothing.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static ImmutableArray<string> Find(
        DuckDbConnection connection, string columnType, IEnumerable<BuildInput> inputs,
        CancellationToken cancellationToken)
    {
        string[] parts =
        [
            .. inputs.Where(i => i.Changes is not null).Select(i =>
                $"select distinct cast(({SqlCompiler.Expand(i.Expression!, SqlDialect.DuckDb)}) as {columnType}) as v "
                + $"from ({PinnedScan.Changes(i.Table, i.Changes!)})"),
        ];
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
        : $"in ({string.Join(", ", values.Select(v => $"cast({SqlText.Literal(v)} as {columnType})"))})";
}
