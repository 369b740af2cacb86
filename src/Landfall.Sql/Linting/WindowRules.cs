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

        if (expression.IgnoreNulls)
        {
            report.Error(SqlCodes.Clause, expression.At, "IGNORE NULLS is not in the portable subset.",
                "Filter the nulls in a CTE first.");
        }

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
}
