using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>
/// What an engine answers wrongly; docs/engine-faults.md lists it, and a test for each tells when an upgrade mends it.
/// </summary>
internal static class EngineFaults
{
    /// <summary>What is wrong with such an <c>exists</c>.</summary>
    public const string ExistsProblem =
        "DuckDB answers EXISTS wrongly where it is a value and its subquery has a <> over columns that may be null.";

    /// <summary>What to write instead.</summary>
    public const string ExistsHint =
        "Write (select count(*) from … where …) > 0, or put the EXISTS into WHERE, joined by AND alone.";

    /// <summary>What is wrong with such an <c>in</c>.</summary>
    public const string InProblem =
        "Spark answers IN with a subquery wrongly where it is a value: false where it is not known.";

    /// <summary>What to write instead.</summary>
    public const string InHint =
        "Put the IN into WHERE, joined by AND alone, or write (select count(*) from … where …) > 0.";

    /// <summary>The <c>in</c> with a subquery of a query's own expressions that Spark answers wrongly.</summary>
    public static IEnumerable<SqlExpression> WrongIn(SqlQuery query)
    {
        HashSet<SqlExpression> filters = new(
            query.Where is { } where ? Filters(where) : [], ReferenceEqualityComparer.Instance);
        return SqlQueryWalk.Expressions(query).Where(e =>
            e.Comparison.StartsWith("COMPARE_", StringComparison.Ordinal) && !filters.Contains(e));
    }

    /// <summary>The <c>exists</c> of a query's own expressions that DuckDB answers wrongly.</summary>
    public static IEnumerable<SqlExpression> WrongExists(SqlQuery query)
    {
        HashSet<SqlExpression> filters = new(
            query.Where is { } where ? Filters(where) : [], ReferenceEqualityComparer.Instance);
        return SqlQueryWalk.Expressions(query).Where(e =>
            e.Comparison is "EXISTS" or "NOT_EXISTS" && !filters.Contains(e) && HasUnequal(e.Query!));
    }

    /// <summary>Subqueries that a row must pass, which DuckDB joins in another, sound way.</summary>
    private static IEnumerable<SqlExpression> Filters(SqlExpression condition) => condition.Type switch
    {
        "CONJUNCTION_AND" => condition.Children.SelectMany(Filters),
        "OPERATOR_NOT" => condition.Children,
        _ => [condition],
    };

    private static bool HasUnequal(SqlQuery query) =>
        SqlQueryWalk.Queries(query).SelectMany(SqlQueryWalk.Expressions).Any(e =>
            (e.Type == "COMPARE_NOTEQUAL" && HasColumns(e))
            || (e.Type == "OPERATOR_NOT"
                && e.Children.SelectMany(c => c.Walk()).Any(c => c.Type == "COMPARE_EQUAL" && HasColumns(c))));

    private static bool HasColumns(SqlExpression comparison) =>
        comparison.Children.All(c => c.Walk().Any(e => e.Kind == ExpressionKind.Column));
}
