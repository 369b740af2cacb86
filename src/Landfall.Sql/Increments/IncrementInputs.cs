using System.Collections.Immutable;
using Landfall.Estate;

namespace Landfall.Sql.Increments;

/// <summary>What a table is built by, and of which inputs.</summary>
/// <param name="Column">The incremental column.</param>
/// <param name="ColumnType">Its type as DuckDB names it.</param>
/// <param name="Columns">The columns of every table there is.</param>
/// <param name="Expressions">The parsed expression by incremental input.</param>
internal sealed record IncrementInputs(
    string Column, string ColumnType, IReadOnlyDictionary<TableName, ImmutableArray<string>> Columns,
    IReadOnlyDictionary<TableName, Syntax.SqlExpression> Expressions)
{
    /// <summary>A table as a relation.</summary>
    public Relation RelationOf(TableName table)
    {
        Relation relation = new(Columns.GetValueOrDefault(table, []), null);
        if (!Expressions.TryGetValue(table, out Syntax.SqlExpression? expression))
        {
            return relation;
        }

        Scope scope = new(
            [(Relation.Self, table.Table, relation)],
            ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase), null);
        return relation with { Keys = scope.KeyOf(expression) is { } key ? [key] : [] };
    }
}
