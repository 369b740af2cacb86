using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>
/// Rules of incremental tables: a part rebuilt alone must equal the same part of a full rebuild, so no row may depend
/// on rows of another value of the incremental column.
/// </summary>
internal static class IncrementRules
{
    /// <summary>Checks one select of an incremental query.</summary>
    public static void Check(SqlQuery query, string column, LintReport report)
    {
        if (!query.Limits.IsEmpty)
        {
            report.Error(SqlCodes.AcrossIncrement, SqlLinter.PlaceOf(query.Limits[0]),
                $"LIMIT in an incremental table takes rows across {column}.",
                "Number rows in a window partitioned by it, or build the table in full.");
        }

        HashSet<string> meanings = new(
            query.Columns.Where(c => IsNamed(c, column)).Select(c => c.Fingerprint()), StringComparer.Ordinal);
        foreach (SqlExpression window in SqlQueryWalk.Expressions(query).Where(e => e.Kind == ExpressionKind.Window))
        {
            bool inside = window.Partitions.Any(p => IsColumn(p, column) || meanings.Contains(p.Fingerprint()));
            if (!inside)
            {
                report.Error(
                    SqlCodes.AcrossIncrement, window.At, WindowProblem(window, column), WindowHint(column));
            }
        }
    }

    /// <summary>What is wrong with a window over rows of several increments.</summary>
    public static string WindowProblem(SqlExpression window, string column) =>
        $"The window of {window.Name} runs across {column}, by which the table is built.";

    /// <summary>What to write instead.</summary>
    public static string WindowHint(string column) => $"Add {column} to PARTITION BY, or build the table in full.";

    private static bool IsNamed(SqlExpression expression, string column) =>
        OutputColumns.NameOf(expression).Equals(column, StringComparison.OrdinalIgnoreCase);

    private static bool IsColumn(SqlExpression expression, string column) =>
        expression.Kind == ExpressionKind.Column && expression.Parts.Length > 0
        && expression.Parts[^1].Equals(column, StringComparison.OrdinalIgnoreCase);
}
