using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>Rules about clauses.</summary>
internal static class QueryRules
{
    /// <summary>Checks one query's own clauses.</summary>
    public static void Check(SqlQuery query, LintReport report)
    {
        int place = query.Expressions().Select(SqlLinter.PlaceOf).FirstOrDefault(at => at >= 0, -1);
        CheckKind(query, place, report);
        CheckColumns(query, place, report);
        CheckGrouping(query, place, report);
        CheckLimits(query, place, report);
        CheckWhere(query, report);
        foreach (SqlTable table in SqlQueryWalk.Tables(query))
        {
            CheckTable(table, place, report);
        }
    }

    private static void CheckKind(SqlQuery query, int place, LintReport report)
    {
        string? problem = query switch
        {
            { Kind: SqlQueryKind.Recursive } => "A recursive CTE is not in the portable subset.",
            { Kind: SqlQueryKind.Unknown } => $"{query.Type} is not in the portable subset.",
            { Kind: SqlQueryKind.SetOperation, Type: not ("UNION" or "EXCEPT" or "INTERSECT") } =>
                $"{query.Type.Replace('_', ' ')} is not in the portable subset.",
            { Samples: true } => "SAMPLE is not in the portable subset.",
            { DistinctOn.IsEmpty: false } => "DISTINCT ON is not in the portable subset.",
            { LimitsByPercent: true } => "LIMIT by percent is not in the portable subset.",
            { HasUnknownModifier: true } => "A clause of this query is not in the portable subset.",
            _ => null,
        };
        if (problem is not null)
        {
            int at = query.Kind == SqlQueryKind.SetOperation
                ? query.Sides.SelectMany(SqlQueryWalk.Expressions).Select(e => e.At).FirstOrDefault(a => a >= 0, place)
                : place;
            report.Error(SqlCodes.Clause, at, problem, "Write it with row_number() in a CTE, CASE or UNION ALL.");
        }

        if (query.Qualify is { } qualify)
        {
            report.Error(SqlCodes.Qualify, SqlLinter.PlaceOf(qualify), "QUALIFY is not in the portable subset.",
                "Compute row_number() in a CTE and filter it with WHERE.");
        }
    }

    private static void CheckColumns(SqlQuery query, int place, LintReport report)
    {
        // The parser wraps VALUES in a SELECT * of its own.
        bool wrapsValues = query.From?.Kind == SqlTableKind.Values;
        IEnumerable<SqlExpression> stars = query.Columns.Concat(query.Groups).SelectMany(c => c.Walk())
            .Where(e => e.Kind == ExpressionKind.Star && !(wrapsValues && e.At < 0));
        foreach (SqlExpression star in stars)
        {
            report.Error(SqlCodes.Star, star.At >= 0 ? star.At : query.From?.At ?? place,
                "The columns of a product are listed one by one.",
                "Replace * by the columns you need; a new source column must not change a product.");
        }
    }

    private static void CheckGrouping(SqlQuery query, int place, LintReport report)
    {
        if (query.GroupsByAll)
        {
            report.Error(SqlCodes.ByAll, place, "GROUP BY ALL is for ad-hoc queries.", "List the columns.");
        }

        CheckGroupingSets(query, place, report);
        foreach (SqlOrder order in query.Orders.Where(o => o.Expression.Kind == ExpressionKind.Star))
        {
            report.Error(SqlCodes.ByAll, order.Expression.At, "ORDER BY ALL is for ad-hoc queries.",
                "List the columns.");
        }
    }

    private static void CheckGroupingSets(SqlQuery query, int place, LintReport report)
    {
        if (!query.GroupingSets.Any(set => set.IsEmpty))
        {
            return;
        }

        if (query.Groups.IsEmpty)
        {
            report.Error(SqlCodes.Clause, place, "GROUP BY () is an error in Spark.", "Leave it out.");
        }
        else if (query.Having is not { } having || !Conditions(having).Any(IsOfSomeRows))
        {
            report.Error(SqlCodes.Clause, SqlLinter.PlaceOf(query.Groups[0]),
                "The total of no rows at all is a row in DuckDB and none in Spark.",
                "Add having count(*) > 0, or take () out of the grouping sets.");
        }
    }

    private static IEnumerable<SqlExpression> Conditions(SqlExpression condition) =>
        condition.Type == "CONJUNCTION_AND" ? condition.Children.SelectMany(Conditions) : [condition];

    // count(*) > 0
    private static bool IsOfSomeRows(SqlExpression condition) =>
        condition is { Type: "COMPARE_GREATERTHAN", Children: [{ Name: "count_star" }, SqlExpression none] }
        && ArithmeticRules.Literal(none) is 0;

    private static void CheckLimits(SqlQuery query, int place, LintReport report)
    {
        if (query.Limits.IsEmpty)
        {
            return;
        }

        int at = SqlLinter.PlaceOf(query.Limits[0]);
        if (query.Orders.IsEmpty)
        {
            report.Error(SqlCodes.UnorderedLimit, at >= 0 ? at : place, "LIMIT without ORDER BY takes any rows.",
                "Order by a key first.");
        }

        foreach (SqlExpression limit in query.Limits.Where(l => !(ArithmeticRules.Literal(l) >= 0)))
        {
            report.Error(SqlCodes.Clause, SqlLinter.PlaceOf(limit),
                "LIMIT and OFFSET take numbers written out.", "Number the rows in a CTE and filter them with WHERE.");
        }

        foreach (SqlOrder order in query.Orders.Where(o => !o.SaysNulls && o.Expression.Kind != ExpressionKind.Star))
        {
            WindowRules.ReportNullOrder(order, report);
        }
    }

    private static void CheckWhere(SqlQuery query, LintReport report)
    {
        if (query.Where is not { } where)
        {
            return;
        }

        HashSet<string> aliases = new(
            query.Columns
                .Where(c => c.Alias.Length > 0)
                .Where(c => c.Parts.IsEmpty || !c.Parts[^1].Equals(c.Alias, StringComparison.OrdinalIgnoreCase))
                .Select(c => c.Alias),
            StringComparer.OrdinalIgnoreCase);
        foreach (SqlExpression column in where.Walk().Where(e => e.Parts.Length == 1 && aliases.Contains(e.Name)))
        {
            report.Error(SqlCodes.AliasInWhere, column.At, $"WHERE uses {column.Name}, an alias of the select list.",
                "Qualify the column with its table, repeat the expression, or filter in an outer query.");
        }
    }

    private static void CheckTable(SqlTable table, int place, LintReport report)
    {
        string? problem = table switch
        {
            { Kind: SqlTableKind.Join, JoinKind: not ("REGULAR" or "CROSS" or "") } =>
                $"A {table.JoinKind} join is not in the portable subset.",
            { Samples: true } => "TABLESAMPLE is not in the portable subset.",
            { HasVersion: true } => "AT is not in the portable subset; inputs are pinned by the run.",
            { Kind: SqlTableKind.Pivot } => "PIVOT and UNPIVOT are not in the portable subset.",
            _ => null,
        };
        if (problem is not null)
        {
            report.Error(SqlCodes.Clause, table.At >= 0 ? table.At : place, problem,
                "Write it with join … on, CASE aggregates or UNION ALL.");
        }
    }
}
