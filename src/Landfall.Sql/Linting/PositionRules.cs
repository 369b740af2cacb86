using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>
/// Rules about positions and lengths in texts: engines differ on those of zero or less, so a query says that there are
/// none.
/// </summary>
internal static class PositionRules
{
    private static readonly string[] NeverNegative =
    [
        "length", "char_length", "character_length", "instr", "position", "count", "count_star", "count_if", "year",
        "month", "quarter", "day", "dayofmonth", "dayofyear", "weekofyear", "hour", "minute", "second", "row_number",
        "rank", "dense_rank", "ntile",
    ];

    /// <summary>Checks one expression, not those below it.</summary>
    public static void Check(SqlExpression call, LintReport report)
    {
        if (call.Kind is not (ExpressionKind.Function or ExpressionKind.Window))
        {
            return;
        }

        switch (call.Name)
        {
            case "substr" or "substring":
                CheckAtLeast(call, 1, 1, report);
                CheckAtLeast(call, 2, 0, report);
                break;
            case "left" or "right" or "lpad" or "rpad":
                CheckAtLeast(call, 1, 0, report);
                break;
            case "split_part":
                CheckNotEmpty(call, 1, report);
                CheckAtLeast(call, 2, 1, report);
                break;
            case "nth_value":
                CheckWritten(call, call.Arguments > 1 ? call.Children[1] : null, 1, report);
                break;
            case "ntile":
                CheckWritten(call, call.Arguments > 0 ? call.Children[0] : null, 1, report);
                break;
            case "lag" or "lead":
                CheckWritten(call, call.Offset, 0, report);
                break;
            case "round":
                CheckWritten(call, call.Arguments > 1 ? call.Children[1] : null, 0, report);
                break;
            default:
                break;
        }

        if (call.Name is "lpad" or "rpad")
        {
            CheckNotEmpty(call, 2, report);
        }
    }

    private static void CheckAtLeast(SqlExpression call, int at, int least, LintReport report)
    {
        if (at < call.Arguments && !IsAtLeast(call.Children[at], least))
        {
            report.Error(SqlCodes.Position, PlaceOf(call, call.Children[at]),
                least == 0
                    ? $"The length that {call.Name} takes may be negative; engines differ on that."
                    : $"{call.Name} counts from 1, and its position may be less; engines differ on that.",
                $"Write greatest(n, {least}), or say what happens then with case.");
        }
    }

    private static void CheckWritten(SqlExpression call, SqlExpression? number, int least, LintReport report)
    {
        if (number is not null && !(ArithmeticRules.Literal(number) >= least))
        {
            report.Error(SqlCodes.Position, PlaceOf(call, number),
                $"{call.Name} takes a number written out, from {least}; engines differ on others.",
                "Write the number, or case for several.");
        }
    }

    private static void CheckNotEmpty(SqlExpression call, int at, LintReport report)
    {
        if (at < call.Arguments
            && call.Children[at] is not { Kind: ExpressionKind.Constant, DataType: "VARCHAR", Value.Length: > 0 })
        {
            report.Error(SqlCodes.DifferingFunction, PlaceOf(call, call.Children[at]),
                $"Engines differ where the {(at == 1 ? "separator" : "padding")} of {call.Name} is empty.",
                "Write it out between single quotes.");
        }
    }

    private static int PlaceOf(SqlExpression call, SqlExpression argument) =>
        SqlLinter.PlaceOf(argument) is >= 0 and int place ? place : call.At;

    // Whether an expression cannot be less than a number. NULL gives NULL everywhere.
    private static bool IsAtLeast(SqlExpression expression, int least) => expression switch
    {
        { IsNull: true } => true,
        _ when ArithmeticRules.Literal(expression) is { } value => value >= least,
        { Kind: ExpressionKind.Cast } => expression.Children.Length == 1 && IsAtLeast(expression.Children[0], least),
        { Name: "greatest" } => Arguments(expression).Any(a => IsAtLeast(a, least)),
        { Name: "least" or "ifnull" } or { Type: "OPERATOR_COALESCE" } =>
            Arguments(expression).All(a => IsAtLeast(a, least)),
        { Name: "+", Arguments: 2 } => Enumerable.Range(0, least + 1).Any(part =>
            IsAtLeast(expression.Children[0], part) && IsAtLeast(expression.Children[1], least - part)),
        { Kind: ExpressionKind.Case } => expression.CaseResults.All(c => IsAtLeast(c, least)),
        { Name: "row_number" or "rank" or "dense_rank" or "ntile" or "month" or "day" or "quarter" } => true,
        _ => least <= 0 && NeverNegative.Contains(expression.Name),
    };

    private static IEnumerable<SqlExpression> Arguments(SqlExpression call) => call.Children.Take(call.Arguments);
}
