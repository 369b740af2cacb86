using System.Globalization;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>Rules about division and rounding, where engines differ on the same text.</summary>
internal static class ArithmeticRules
{
    private static readonly string[] Passing = ["+", "-", "*", "/", "nullif", "coalesce", "abs", "sum", "min", "max"];

    /// <summary>Checks one expression, not those below it.</summary>
    public static void Check(SqlExpression expression, LintReport report)
    {
        if (expression.Kind == ExpressionKind.Cast)
        {
            CheckIntegerCast(expression, report);
        }
        else if (expression.Kind is ExpressionKind.Function or ExpressionKind.Window)
        {
            CheckCall(expression, report);
        }
    }

    private static void CheckCall(SqlExpression call, LintReport report)
    {
        switch (call.Name)
        {
            case "//":
                report.Error(SqlCodes.IntegerDivision, call.At, "Spark has no operator //.", "Write @int_div(a, b).");
                break;
            case "/" or "%" or "mod" when call.Arguments == 2:
                CheckDivision(call, report);
                break;
            case "avg" when call.Arguments == 1 && !IsDouble(call.Children[0]):
                report.Error(SqlCodes.InexactDivision, call.At,
                    "avg of decimals is a double in DuckDB and a decimal in Spark.",
                    "Write avg(cast(x as double)), or @div_dec(sum(x), count(x), p, s) for an exact one.");
                break;
            default:
                break;
        }
    }

    private static void CheckDivision(SqlExpression call, LintReport report)
    {
        if (!CannotBeZero(call.Children[1]))
        {
            report.Error(SqlCodes.ZeroDivisor, call.At,
                "Division by zero is infinity or null in DuckDB and an error in Spark.",
                "Write nullif(divisor, 0)" + (call.Name == "/" ? ", or @div_dec(a, b, p, s)." : "."));
        }

        if (call.Name == "/" && !IsDouble(call))
        {
            report.Error(SqlCodes.InexactDivision, call.At,
                "Division of decimals is a double in DuckDB and a decimal in Spark.",
                "Write @div_dec(a, b, p, s) for an exact quotient, or cast an operand to double.");
        }
    }

    private static void CheckIntegerCast(SqlExpression cast, LintReport report)
    {
        bool integer = cast.DataType is "INTEGER" or "BIGINT" or "SMALLINT" or "TINYINT" or "HUGEINT";
        if (integer && cast.Children.Length == 1 && IsFractional(cast.Children[0]))
        {
            report.Error(SqlCodes.IntegerCast, SqlLinter.PlaceOf(cast),
                "A cast of a fraction to an integer rounds in DuckDB and cuts off in Spark.",
                "Say which you mean: floor(x), ceil(x) or round(x), then cast.");
        }
    }

    private static bool CannotBeZero(SqlExpression divisor) => divisor switch
    {
        { Kind: ExpressionKind.Constant } => Literal(divisor) is not 0,
        { Kind: ExpressionKind.Cast } => divisor.Children.Length == 1 && CannotBeZero(divisor.Children[0]),
        { Name: "nullif" } => divisor.Arguments == 2 && Literal(divisor.Children[1]) is 0,
        { Type: "OPERATOR_NULLIF" } => divisor.Arguments == 2 && Literal(divisor.Children[1]) is 0,
        _ => false,
    };

    private static bool IsDouble(SqlExpression expression) => expression switch
    {
        { Kind: ExpressionKind.Cast } => expression.DataType == "DOUBLE",
        { Kind: ExpressionKind.Constant } => expression.DataType == "DOUBLE",
        { Kind: ExpressionKind.Function or ExpressionKind.Window or ExpressionKind.Operator } =>
            PortableFunctions.Doubles.Contains(expression.Name)
            || ((Passing.Contains(expression.Name) || expression.Type is "OPERATOR_COALESCE" or "OPERATOR_NULLIF")
                && expression.Children.Take(expression.Arguments).Any(IsDouble)),
        _ => false,
    };

    private static bool IsFractional(SqlExpression expression) => expression switch
    {
        { Kind: ExpressionKind.Cast } => expression.DataType is "DOUBLE" or "DECIMAL" or "FLOAT",
        { Kind: ExpressionKind.Constant } => expression.DataType is "DOUBLE" or "DECIMAL",
        { Name: "/" } => true,
        { Name: "+" or "-" or "*" or "nullif" or "avg" } => expression.Name == "avg"
            || expression.Children.Any(IsFractional),
        _ => false,
    };

    // The value of a number written out, signs included; null for anything else. Decimals keep only their digits, which
    // is enough to know whether they are zero or negative.
    internal static decimal? Literal(SqlExpression expression) => expression switch
    {
        { Kind: ExpressionKind.Constant, DataType: not "VARCHAR" } => decimal.TryParse(
            expression.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null,
        { Name: "-", Arguments: 1 } => -Literal(expression.Children[0]),
        _ => null,
    };
}
