using Landfall.Estate.Diagnostics;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql.Linting;

/// <summary>Holds a query's syntax tree against the portable subset.</summary>
internal static class SqlLinter
{
    /// <summary>Every breach of the subset in a query and the queries inside it.</summary>
    public static IReadOnlyList<Diagnostic> Check(SqlQuery query, TextMap map, string? incrementalColumn)
    {
        var report = new LintReport(map);
        OutputRules.Check(query, report);
        foreach (SqlQuery each in SqlQueryWalk.Queries(query))
        {
            QueryRules.Check(each, report);
            foreach (SqlExpression expression in SqlQueryWalk.Expressions(each))
            {
                ExpressionRules.Check(expression, report);
                ArithmeticRules.Check(expression, report);
                PositionRules.Check(expression, report);
                WindowRules.Check(expression, report);
            }

            foreach (SqlExpression exists in EngineFaults.WrongExists(each))
            {
                report.Error(
                    SqlCodes.EngineFault, PlaceOf(exists.Query!), EngineFaults.ExistsProblem, EngineFaults.ExistsHint);
            }

            foreach (SqlExpression value in EngineFaults.WrongIn(each))
            {
                report.Error(
                    SqlCodes.EngineFault, PlaceOf(value.Query!), EngineFaults.InProblem, EngineFaults.InHint);
            }

            if (incrementalColumn is not null)
            {
                IncrementRules.Check(each, incrementalColumn, report);
            }
        }

        return report.Found;
    }

    /// <summary>The first place of a query that is known.</summary>
    public static int PlaceOf(SqlQuery query) =>
        SqlQueryWalk.Queries(query).SelectMany(SqlQueryWalk.Expressions).Select(e => e.At)
            .FirstOrDefault(at => at >= 0, -1);

    /// <summary>The place of an expression, or of the first below it whose place is known.</summary>
    public static int PlaceOf(SqlExpression expression) =>
        expression.Walk().Select(e => e.At).FirstOrDefault(at => at >= 0, -1);
}
