using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Reading;
using Landfall.Estate.Types;

namespace Landfall.Engine.Spark.Building;

/// <summary>
/// The values of an incremental column that changed rows touch: the distinct values of each input's expression over
/// the rows that came and went. Null is a value like any other; the empty text counts as null, as which Delta stores
/// it.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="tables">Makes the inputs readable in it.</param>
/// <param name="column">The column that the table is partitioned by: a date, a text or a whole number.</param>
internal sealed class AffectedValues(SparkSession session, SparkTables tables, SchemaField column)
{
    private readonly string _type = SparkSql.Type(column.Type);

    /// <summary>Finds the values as text of the log, in order; null comes first.</summary>
    /// <param name="inputs">The inputs; those without changes affect nothing.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ImmutableArray<string?>> FindAsync(
        IEnumerable<BuildInput> inputs, CancellationToken cancellationToken)
    {
        List<string> parts = [];
        foreach (BuildInput input in inputs.Where(i => i.Changes is not null))
        {
            string changes = await tables.ChangesAsync(input.Table, input.Changes!, cancellationToken);
            parts.Add($"select distinct {Value(input.SparkExpression!)} as v from ({changes})");
        }

        if (parts.Count == 0)
        {
            return [];
        }

        SparkRows rows = await session.QueryAsync(
            $"select distinct nullif(cast(v as string), '') as v from ({string.Join(" union all ", parts)}) "
            + "order by v asc nulls first",
            cancellationToken);
        return [.. rows.Rows.Select(r => (string?)r[0])];
    }

    /// <summary>The value of the column that a row of an input influences, of the column's own type.</summary>
    public string Value(string expression) => $"cast(({expression}) as {_type})";

    /// <summary>A condition that holds for these values only; it is never null.</summary>
    /// <param name="value">What is compared, of the column's type.</param>
    /// <param name="values">The values as <see cref="FindAsync"/> gives them.</param>
    public string Condition(string value, ImmutableArray<string?> values)
    {
        string[] known = [.. values.OfType<string>().Select(v => $"cast({SparkSql.Literal(v)} as {_type})")];
        string listed = known.Length == 0
            ? "false" : $"({value} is not null and {value} in ({string.Join(", ", known)}))";
        string empty = column.Type.Kind == TypeKind.String ? $" or {value} = ''" : "";
        return values.Contains(null) ? $"({listed} or {value} is null{empty})" : listed;
    }
}
