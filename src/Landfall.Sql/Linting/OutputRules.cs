using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>Output columns have names, each once.</summary>
internal static class OutputRules
{
    /// <summary>Checks the outermost query.</summary>
    public static void Check(SqlQuery query, LintReport report)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SqlExpression column in OutputColumns.First(query).Columns.Where(c => c.Kind != ExpressionKind.Star))
        {
            string name = OutputColumns.NameOf(column);
            if (name.Length == 0)
            {
                report.Error(SqlCodes.OutputName, SqlLinter.PlaceOf(column), "An output column has no name.",
                    "Name it with as.");
            }
            else if (!seen.Add(name))
            {
                report.Error(SqlCodes.OutputName, SqlLinter.PlaceOf(column), $"Two output columns are named {name}.",
                    "Give one another name with as.");
            }
        }
    }
}
