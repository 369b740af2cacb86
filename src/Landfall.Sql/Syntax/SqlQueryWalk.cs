namespace Landfall.Sql.Syntax;

/// <summary>Ways through a syntax tree.</summary>
internal static class SqlQueryWalk
{
    /// <summary>A query and every query inside it: CTEs, sides, tables and expressions.</summary>
    public static IEnumerable<SqlQuery> Queries(SqlQuery query)
    {
        yield return query;
        IEnumerable<SqlQuery> inner = query.Ctes.Select(c => c.Query)
            .Concat(query.Sides)
            .Concat(Tables(query).Select(t => t.Query).OfType<SqlQuery>())
            .Concat(Expressions(query).Select(e => e.Query).OfType<SqlQuery>());
        foreach (SqlQuery found in inner.SelectMany(Queries))
        {
            yield return found;
        }
    }

    /// <summary>The tables of a query's own FROM clause, joins opened, subqueries not entered.</summary>
    public static IEnumerable<SqlTable> Tables(SqlQuery query) => query.From is { } from ? Tables(from) : [];

    /// <summary>All expressions of a query and of its FROM clause, at every depth, subqueries not entered.</summary>
    public static IEnumerable<SqlExpression> Expressions(SqlQuery query) =>
        query.Expressions().Concat(Tables(query).SelectMany(t => t.Expressions)).SelectMany(e => e.Walk());

    private static IEnumerable<SqlTable> Tables(SqlTable table) => table.Sides.SelectMany(Tables).Prepend(table);
}
