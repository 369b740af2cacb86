using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Typing;

/// <summary>Follows types through a query, from the contracts of its tables to every expression.</summary>
internal sealed class QueryTypes
{
    private readonly IReadOnlyDictionary<TableName, ContractTable> _tables;
    private readonly Dictionary<SqlQuery, Scope> _scopes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SqlExpression, ExpressionType> _types = new(ReferenceEqualityComparer.Instance);

    /// <summary>Follows a query and those inside it.</summary>
    /// <param name="tables">The columns of every table there is.</param>
    /// <param name="query">The query.</param>
    public QueryTypes(IReadOnlyDictionary<TableName, ContractTable> tables, SqlQuery query)
    {
        _tables = tables;
        Follow(query, ImmutableDictionary<string, Columns>.Empty, null);
    }

    /// <summary>Names and types of the columns of something.</summary>
    private sealed record Columns(ImmutableArray<(string Name, ExpressionType Type)> Items)
    {
        public static Columns None { get; } = new([]);
    }

    /// <summary>Something that columns come from.</summary>
    /// <param name="Alias">The last part before a column's name.</param>
    /// <param name="Before">The zone and unit that may stand before it.</param>
    /// <param name="Columns">Its columns.</param>
    private sealed record Source(string Alias, ImmutableArray<string> Before, Columns Columns)
    {
        /// <summary>Whether a part of a name is the alias, and those before it are the zone and unit.</summary>
        public bool IsNamedBy(ImmutableArray<string> parts, int at) =>
            at <= Before.Length && parts[at].Equals(Alias, StringComparison.OrdinalIgnoreCase)
            && parts[..at].SequenceEqual(Before[^at..], StringComparer.OrdinalIgnoreCase);
    }

    private sealed record Scope(
        SqlQuery Query, ImmutableArray<Source> Sources, Scope? Outer, ImmutableDictionary<string, Columns> Ctes);

    /// <summary>The type of an expression of a query.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="query">The query whose expression it is, subqueries not counted.</param>
    public ExpressionType TypeOf(SqlExpression expression, SqlQuery query) =>
        _scopes.TryGetValue(query, out Scope? scope) ? TypeOf(expression, scope) : ExpressionType.Unknown;

    /// <summary>
    /// The parts of a column's name from the alias of its table on, without the zone and unit that may stand before.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="query">The query whose expression it is.</param>
    /// <param name="withAlias">Whether the alias is one of them.</param>
    public ImmutableArray<string> PartsOf(SqlExpression column, SqlQuery query, bool withAlias = true)
    {
        // A table's name in full goes before an alias that is also called so.
        for (int at = Math.Min(column.Parts.Length - 2, 2); at >= 0; at--)
        {
            for (Scope? scope = _scopes.GetValueOrDefault(query); scope is not null; scope = scope.Outer)
            {
                if (scope.Sources.Any(s => s.IsNamedBy(column.Parts, at)))
                {
                    return column.Parts[(withAlias ? at : at + 1)..];
                }
            }
        }

        return column.Parts;
    }

    private Columns Follow(SqlQuery query, ImmutableDictionary<string, Columns> ctes, Scope? outer)
    {
        foreach (SqlCte cte in query.Ctes)
        {
            ctes = ctes.SetItem(
                cte.Name.ToLowerInvariant(), Named(Follow(cte.Query, ctes, outer), cte.ColumnAliases));
        }

        if (query.Kind == SqlQueryKind.SetOperation)
        {
            Columns[] sides = [.. query.Sides.Select(s => Follow(s, ctes, outer))];
            _scopes[query] = new(query, [], outer, ctes);
            return sides.Length == 0 ? Columns.None : sides.Aggregate(United);
        }

        Scope scope = new(query, [.. query.From is { } from ? Sources(from, ctes, outer) : []], outer, ctes);
        _scopes[query] = scope;
        foreach (SqlExpression inner in SqlQueryWalk.Expressions(query).Where(e => e.Query is not null))
        {
            FollowOnce(inner.Query!, scope);
        }

        return query.From is { Kind: SqlTableKind.Values } values
            ? ColumnsOfValues(values, scope)
            : new([.. query.Columns.Select(c => (OutputColumns.NameOf(c), TypeOf(c, scope)))]);
    }

    private Columns? FollowOnce(SqlQuery query, Scope outer)
    {
        if (!_scopes.ContainsKey(query))
        {
            return Follow(query, outer.Ctes, outer);
        }

        SqlQuery first = OutputColumns.First(query);
        return new([.. first.Columns.Select(c => (OutputColumns.NameOf(c), TypeOf(c, first)))]);
    }

    private static Columns United(Columns one, Columns other) => new(
        [.. one.Items.Zip(other.Items, (a, b) => (a.Name, a.Type.With(b.Type)))]);

    private static Columns Named(Columns columns, ImmutableArray<string> names) => names.IsEmpty
        ? columns
        : new([.. columns.Items.Select((c, i) => (i < names.Length ? names[i] : c.Name, c.Type))]);

    // The parser calls the columns of VALUES col0, col1 and so on.
    private Columns ColumnsOfValues(SqlTable values, Scope scope) => new(
    [
        .. Enumerable.Range(0, values.Width).Select(column => ($"col{column}",
            values.Expressions.Where((_, i) => i % values.Width == column).Select(e => TypeOf(e, scope))
                .Aggregate(ExpressionType.Null, (a, b) => a.With(b)))),
    ]);

    private IEnumerable<Source> Sources(
        SqlTable table, ImmutableDictionary<string, Columns> ctes, Scope? outer)
    {
        Columns columns = table.Kind switch
        {
            SqlTableKind.Base when table.Parts.Length == 3 => TableColumns(table),
            SqlTableKind.Base => ctes.GetValueOrDefault(table.Parts[^1].ToLowerInvariant(), Columns.None),
            SqlTableKind.Subquery => Follow(table.Query!, ctes, outer),
            _ => Columns.None,
        };
        string alias = table.Alias.Length > 0 ? table.Alias : table.Parts.LastOrDefault("");
        return table.Kind == SqlTableKind.Join
            ? table.Sides.SelectMany(s => Sources(s, ctes, outer))
            : [new(
                alias, table.Alias.Length > 0 ? [] : table.Parts[..Math.Max(0, table.Parts.Length - 1)],
                Named(columns, table.ColumnAliases))];
    }

    private Columns TableColumns(SqlTable table)
    {
        string[] parts = [.. table.Parts.Select(p => p.ToLowerInvariant())];
        return _tables.TryGetValue(new(parts[0], parts[1], parts[2]), out ContractTable? contract)
            ? new([.. contract.Columns.Select(c => (c.Name, ExpressionType.Of(c.Type)))])
            : Columns.None;
    }

    private ExpressionType TypeOf(SqlExpression expression, Scope scope)
    {
        if (!_types.TryGetValue(expression, out ExpressionType? type))
        {
            // An alias that names itself must not be followed for ever.
            _types[expression] = ExpressionType.Unknown;
            type = Find(expression, scope);
            _types[expression] = type;
        }

        return type;
    }

    private ExpressionType Find(SqlExpression expression, Scope scope) => expression.Kind switch
    {
        ExpressionKind.Column => FindColumn(expression, scope),
        ExpressionKind.Constant or ExpressionKind.Cast => FunctionTypes.OfLiteralOrCast(expression),
        ExpressionKind.Comparison or ExpressionKind.Between or ExpressionKind.Conjunction => ExpressionType.Boolean,
        ExpressionKind.Subquery => expression.Comparison == "SCALAR"
            && FollowOnce(expression.Query!, scope) is { Items: [var first, ..] } ? first.Type
            : expression.Comparison == "SCALAR" ? ExpressionType.Unknown : ExpressionType.Boolean,
        ExpressionKind.Case => Common(expression.CaseResults, scope),
        ExpressionKind.Operator => expression.Type switch
        {
            "OPERATOR_COALESCE" => Common(expression.Children, scope),
            "OPERATOR_NULLIF" => TypeOf(expression.Children[0], scope),
            "GROUPING_FUNCTION" => ExpressionType.BigInt,
            "OPERATOR_NOT" or "OPERATOR_IS_NULL" or "OPERATOR_IS_NOT_NULL" or "COMPARE_IN" or "COMPARE_NOT_IN" =>
                ExpressionType.Boolean,
            _ => ExpressionType.Unknown,
        },
        ExpressionKind.Function or ExpressionKind.Window => FunctionTypes.Of(expression, e => TypeOf(e, scope)),
        _ => ExpressionType.Unknown,
    };

    private ExpressionType Common(IEnumerable<SqlExpression> expressions, Scope scope) =>
        expressions.Select(e => TypeOf(e, scope)).Aggregate(ExpressionType.Null, (a, b) => a.With(b));

    private ExpressionType FindColumn(SqlExpression column, Scope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            foreach (Source source in scope.Sources)
            {
                bool isMeant = column.Parts.Length == 1 || source.IsNamedBy(column.Parts, column.Parts.Length - 2);
                foreach ((string name, ExpressionType type) in isMeant ? source.Columns.Items : [])
                {
                    if (name.Equals(column.Parts[^1], StringComparison.OrdinalIgnoreCase))
                    {
                        return type;
                    }
                }
            }

            // An alias of the select list may be used by the columns after it, in GROUP BY and in HAVING.
            if (column.Parts.Length == 1 && scope.Query.Columns.FirstOrDefault(c =>
                c.Alias.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is { } named)
            {
                return TypeOf(named, scope);
            }
        }

        return ExpressionType.Unknown;
    }
}
