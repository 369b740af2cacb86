using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>Rules about windows.</summary>
internal static class WindowRules
{
    /// <summary>Checks one expression if it is a window.</summary>
    public static void Check(SqlExpression expression, LintReport report)
    {
        if (expression.Kind != ExpressionKind.Window)
        {
            return;
        }

        CheckForm(expression, report);
        if (expression.Orders.IsEmpty && PortableFunctions.NeedsOrder.Contains(expression.Name))
        {
            report.Error(SqlCodes.NonDeterministic, expression.At,
                $"{expression.Name} over a window without ORDER BY may answer differently each time.",
                "Order the window by a key.");
        }

        foreach (SqlOrder order in expression.Orders.Where(o => !o.SaysNulls))
        {
            ReportNullOrder(order, report);
        }
    }

    /// <summary>Reports an order that leaves the place of nulls to the engine.</summary>
    public static void ReportNullOrder(SqlOrder order, LintReport report) =>
        report.Error(SqlCodes.NullOrder, SqlLinter.PlaceOf(order.Expression),
            "The engines put nulls in different places.", "Write nulls first or nulls last after the key.");

    private static void CheckForm(SqlExpression window, LintReport report)
    {
        (string Problem, string Hint)? found = window switch
        {
            { IgnoreNulls: true } =>
                ("IGNORE NULLS is not in the portable subset.", "Filter the nulls in a CTE first."),
            { Distinct: true } =>
                ("DISTINCT in a window is an error in Spark.", "Count or sum distinct values in a CTE, and join it."),
            { Name: "median" } =>
                ("median over a window is an error in Spark.", "Compute it in a CTE with GROUP BY, and join it."),
            { Frame: { IsOfGroups: true } or { Excludes: true } } =>
                ("GROUPS and EXCLUDE are not in the portable subset.", "Write ROWS or RANGE."),
            { Frame: { IsDefault: false } } when IsOfPlace(window) =>
                ($"{window.Name} over a frame is an error in Spark.", "Remove ROWS or RANGE: it does not count here."),
            _ => null,
        };
        if (found is { } problem)
        {
            report.Error(SqlCodes.Clause, window.At, problem.Problem, problem.Hint);
        }
    }

    private static bool IsOfPlace(SqlExpression window) => window.Name is "row_number" or "rank" or "dense_rank"
        or "percent_rank" or "cume_dist" or "ntile" or "lag" or "lead";
}
