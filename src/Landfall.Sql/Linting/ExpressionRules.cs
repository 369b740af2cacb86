using Landfall.Sql.Macros;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql.Linting;

/// <summary>Rules about what expressions and functions there are.</summary>
internal static class ExpressionRules
{
    private static readonly string[] LiteralTypes =
        ["BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "VARCHAR", "BLOB", "DATE", "TIMESTAMP"];

    /// <summary>Checks one expression, not those below it.</summary>
    public static void Check(SqlExpression expression, LintReport report)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.Function or ExpressionKind.Window:
                CheckFunction(expression, report);
                break;
            case ExpressionKind.Column when expression.Parts.Length == 1:
                CheckBareWord(expression, report);
                break;
            case ExpressionKind.Operator:
                CheckOperator(expression, report);
                break;
            case ExpressionKind.Cast when expression.At < 0 && !LiteralTypes.Contains(expression.DataType):
                report.Error(SqlCodes.CastType, SqlLinter.PlaceOf(expression),
                    $"Contracts have no type {expression.DataType.ToLowerInvariant()}.", TokenRules.TypesHint);
                break;
            case ExpressionKind.Lambda:
                report.Error(SqlCodes.NestedValue, SqlLinter.PlaceOf(expression),
                    "Lambdas and -> are not in the portable subset.", "For JSON, write @json_str(text, '$.path').");
                break;
            case ExpressionKind.Parameter or ExpressionKind.PositionalReference:
                report.Error(SqlCodes.Parameter, SqlLinter.PlaceOf(expression),
                    "Parameters and positional references are not in the portable subset.",
                    "Write the value or column.");
                break;
            case ExpressionKind.Collate or ExpressionKind.Unknown:
                report.Error(SqlCodes.Clause, SqlLinter.PlaceOf(expression),
                    $"{expression.Type} is not in the portable subset.", "docs/sql.md lists what is.");
                break;
            default:
                break;
        }
    }

    private static void CheckBareWord(SqlExpression expression, LintReport report)
    {
        string name = expression.Name.ToLowerInvariant();
        if (PortableFunctions.NonDeterministic.Contains(name) && name.StartsWith("current_", StringComparison.Ordinal))
        {
            ReportNonDeterministic(expression, name, report);
        }
    }

    private static void CheckOperator(SqlExpression expression, LintReport report)
    {
        switch (expression.Type)
        {
            case "OPERATOR_NOT" or "OPERATOR_IS_NULL" or "OPERATOR_IS_NOT_NULL" or "COMPARE_IN" or "COMPARE_NOT_IN"
                or "OPERATOR_COALESCE" or "OPERATOR_NULLIF":
                break;
            case "GROUPING_FUNCTION" when expression.Children.Length == 1:
                break;
            case "GROUPING_FUNCTION":
                report.Error(SqlCodes.UnknownFunction, SqlLinter.PlaceOf(expression),
                    "grouping takes one column in Spark.", "Write grouping(a) * 2 + grouping(b).");
                break;
            case "ARRAY_EXTRACT" or "ARRAY_SLICE" or "STRUCT_EXTRACT" or "ARRAY_CONSTRUCTOR" or "OPERATOR_UNPACK":
                ReportNested(expression, report);
                break;
            default:
                report.Error(SqlCodes.UnknownFunction, SqlLinter.PlaceOf(expression),
                    $"{expression.Type} is not in the portable subset.", "docs/sql.md lists what is.");
                break;
        }
    }

    private static void CheckFunction(SqlExpression call, LintReport report)
    {
        string name = call.Name;
        if (call.Distinct && name == "count" && call.Arguments > 1)
        {
            report.Error(SqlCodes.CountDistinctMany, call.At, "count(distinct a, b) is an error in DuckDB.",
                "Count the rows of a subquery that selects distinct a, b.");
        }
        else if (PortableFunctions.NonDeterministic.Contains(name))
        {
            ReportNonDeterministic(call, name, report);
        }
        else if (PortableFunctions.Intervals.Contains(name))
        {
            report.Error(SqlCodes.Interval, SqlLinter.PlaceOf(call),
                "Interval arithmetic has another type in each engine.",
                "Write date_add(date, days), @add_months(date, n) or @add_seconds(time, n).");
        }
        else if (PortableFunctions.Nested.Contains(name))
        {
            ReportNested(call, report);
        }
        else if (PortableFunctions.Differing.TryGetValue(name, out string? instead))
        {
            report.Error(SqlCodes.DifferingFunction, call.At, $"Engines understand {name} differently.", instead);
        }
        else if (!IsAllowed(call) && name != "//")
        {
            report.Error(SqlCodes.UnknownFunction, call.At, $"{name} is not in the portable subset.",
                Suggestion.Hint(name, PortableFunctions.Known) ?? "docs/sql.md lists what is.");
        }
        else
        {
            CheckTrim(call, report);
            FormRules.Check(call, report);
        }
    }

    private static void CheckTrim(SqlExpression call, LintReport report)
    {
        if (call is { Name: "trim" or "ltrim" or "rtrim", Arguments: > 1 })
        {
            report.Error(SqlCodes.DifferingFunction, call.At,
                $"Engines take the arguments of {call.Name} in different orders.",
                "Trim blanks only, or write @re_replace(text, 'pattern', '').");
        }
    }

    private static bool IsAllowed(SqlExpression call)
    {
        string name = call.Name;
        // Unknown macros are reported when they are expanded.
        bool macro = name.StartsWith(MacroExpander.SyntaxPrefix, StringComparison.Ordinal);
        return call.Schema is "" or "main" or "pg_catalog"
            && (macro || PortableFunctions.Allowed.Contains(name) || PortableFunctions.Operators.Contains(name)
                || (call.Kind == ExpressionKind.Window && PortableFunctions.Windows.Contains(name)));
    }

    private static void ReportNested(SqlExpression expression, LintReport report) =>
        report.Error(SqlCodes.NestedValue, SqlLinter.PlaceOf(expression),
            "Arrays, structs, maps and JSON values are not in the portable subset.",
            "Flatten them in the integration; for JSON text, write @json_str(text, '$.path').");

    private static void ReportNonDeterministic(SqlExpression expression, string name, LintReport report) =>
        report.Error(SqlCodes.NonDeterministic, SqlLinter.PlaceOf(expression),
            $"{name} may answer differently each time.",
            "A query's result follows from its inputs alone: use min, max, @min_by or @max_by, or a column.");
}
