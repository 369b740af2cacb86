using System.Globalization;
using Landfall.Sql.Numbers;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Typing;

/// <summary>Which casts engines answer alike.</summary>
internal static class CastRules
{
    private const int DoubleDigitsMax = 18;

    // What these give of whole numbers is a whole number.
    private static readonly string[] KeepWhole =
        ["+", "-", "*", "%", "mod", "abs", "sum", "min", "max", "greatest", "least", "ifnull", "nullif"];

    /// <summary>Why a cast is not portable; null where it is.</summary>
    /// <param name="cast">The cast.</param>
    /// <param name="operand">What is cast.</param>
    /// <param name="from">Its type, which is known.</param>
    /// <param name="typeOf">The types of what stands in it.</param>
    public static (string Code, string Message, string Hint)? Problem(
        SqlExpression cast, SqlExpression operand, ExpressionType from, Func<SqlExpression, ExpressionType> typeOf)
    {
        ExpressionType to = cast.DataType == "DECIMAL"
            ? ExpressionType.Of(number: null) : ExpressionType.Parse(cast.DataType);
        bool isWhole = cast.DataType is "INTEGER" or "BIGINT";
        if (to.Kind == ValueKind.Text)
        {
            return TextProblem(from) is { } problem ? (SqlCodes.DifferingCast, problem.Message, problem.Hint) : null;
        }

        if (from.Kind == ValueKind.Text)
        {
            bool isLiteral = to.IsTime ? TimeText.IsPlain(operand)
                : to.Kind == ValueKind.Boolean && operand is { Kind: ExpressionKind.Constant, Value: "t" or "f" };
            return isLiteral || IsNumberText(operand, to, isWhole) ? null
                : (SqlCodes.DifferingCast, $"Engines read texts as {NameOf(cast)} differently.", HintOf(cast));
        }

        if (isWhole && from.Number is { Scale: > 0 } or { IsDouble: true } && !IsRounded(operand, typeOf))
        {
            return (SqlCodes.IntegerCast, "A cast of a fraction to an integer rounds in DuckDB and cuts off in Spark.",
                "Say which you mean: floor(x), ceil(x) or round(x), then cast.");
        }

        return DoubleProblem(cast, from) ?? ((from.Kind, to.Kind) switch
        {
            (ValueKind.Timestamp or ValueKind.Date, ValueKind.Number)
                or (ValueKind.Number, ValueKind.Timestamp or ValueKind.Date) =>
                (SqlCodes.DifferingCast, $"A cast of {from} to {NameOf(cast)} is not in every engine.",
                    "Write @date_diff_days(first, last), @add_seconds(time, n) or date_add(date, days)."),
            (ValueKind.Number or ValueKind.Boolean or ValueKind.Timestamp or ValueKind.Date, ValueKind.Binary)
                or (ValueKind.Boolean, ValueKind.Timestamp or ValueKind.Date)
                or (ValueKind.Timestamp or ValueKind.Date, ValueKind.Boolean)
                or (ValueKind.Binary, not ValueKind.Binary) =>
                (SqlCodes.DifferingCast, $"A cast of {from} to {NameOf(cast)} is not in every engine.",
                    "Write the value that you mean with case."),
            _ => null,
        });
    }

    /// <summary>Why engines do not write values of a type as the same text; null where they do.</summary>
    public static (string Message, string Hint)? TextProblem(ExpressionType type) => type switch
    {
        { IsDouble: true } => ("Engines write doubles as texts differently, 1e+20 or 1.0E20.",
            "Cast it to a decimal first: cast(cast(x as decimal(18,6)) as string)."),
        { IsDecimal: true, Number: { Scale: > 0 } number } when number.Digits == number.Scale =>
            ("Engines write decimals without a digit before the point differently, .5 or 0.5.",
                number.Digits < NumberType.DigitsMax
                    ? $"Cast it to decimal({number.Digits + 1},{number.Scale}) first."
                    : "Cast it to fewer decimals first."),
        { Kind: ValueKind.Timestamp } => ("Engines write times as texts differently, with their offset or without.",
            "Write @format_date(t, 'yyyy-MM-dd HH:mm:ss')."),
        { Kind: ValueKind.Binary } => ("Engines write bytes as texts differently.", "Keep the bytes, or the text."),
        { Kind: ValueKind.Other } => ("Engines write arrays and structs as texts differently.",
            "Flatten them in the integration."),
        _ => null,
    };

    /// <summary>A cast's type as contracts and Spark name it, for example <c>decimal(18,2)</c>.</summary>
    public static string NameOf(SqlExpression cast) => cast.DataType switch
    {
        "DECIMAL" => string.Create(CultureInfo.InvariantCulture, $"decimal({cast.Width},{cast.Scale})"),
        "INTEGER" => "int",
        "VARCHAR" => "string",
        "BLOB" => "binary",
        _ => cast.DataType.ToLowerInvariant(),
    };

    private static (string Code, string Message, string Hint)? DoubleProblem(SqlExpression cast, ExpressionType from) =>
        from.IsDouble && cast.DataType == "DECIMAL" && cast.Width > DoubleDigitsMax
            ? (SqlCodes.DifferingCast,
                $"Engines make other decimals of more than {DoubleDigitsMax} digits of a double, which has 15.",
                $"Write cast(x as decimal({DoubleDigitsMax},{Math.Min(cast.Scale, 12)})).")
            : null;

    // The parser has signed literals as numbers; a text of digits is what is left.
    private static bool IsNumberText(SqlExpression operand, ExpressionType to, bool isWhole) =>
        to.Kind == ValueKind.Number && operand is { Kind: ExpressionKind.Constant, DataType: "VARCHAR" }
        && (operand.Value is "NaN" or "Infinity" or "-Infinity" ? to.IsDouble
            : operand.Value.Length > 0 && operand.Value.AsSpan().TrimStart('-') is var digits && digits.Length > 0
                && digits.Length <= 38 && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[^1])
                && !digits.ContainsAnyExcept(isWhole ? "0123456789" : "0123456789."));

    private static bool IsRounded(SqlExpression expression, Func<SqlExpression, ExpressionType> typeOf) =>
        typeOf(expression) is { Number: { IsDouble: false, Scale: 0 } } || expression switch
        {
            { IsNull: true } => true,
            { Kind: ExpressionKind.Cast } =>
                expression.Children.Length == 1 && IsRounded(expression.Children[0], typeOf),
            { Name: "floor" or "ceil" or "ceiling" } => true,
            { Name: "round" } => expression.Arguments == 1 || expression.Children[1].Value == "0",
            { Type: "OPERATOR_COALESCE" or "OPERATOR_NULLIF" } =>
                expression.Children.All(c => IsRounded(c, typeOf)),
            { Kind: ExpressionKind.Case } => expression.CaseResults.All(c => IsRounded(c, typeOf)),
            { Kind: ExpressionKind.Constant } => expression.Scale == 0 && expression.DataType != "DOUBLE",
            _ => KeepWhole.Contains(expression.Name)
                && expression.Children.Take(expression.Arguments).All(c => IsRounded(c, typeOf)),
        };

    private static string HintOf(SqlExpression cast) => cast.DataType switch
    {
        "INTEGER" => "Write @parse_int(text), which is null for what is none.",
        "BIGINT" => "Write @parse_bigint(text), which is null for what is none.",
        "DOUBLE" => "Write @parse_double(text), which is null for what is none.",
        "DECIMAL" => $"Write @parse_decimal(text, {cast.Width}, {cast.Scale}), which is null for what is none.",
        "DATE" => "Write @parse_date(text), which is null for what is none; literals are 'yyyy-MM-dd'.",
        "TIMESTAMP" => "Write @parse_timestamp(text), which is null for what is none; literals are "
            + "'yyyy-MM-dd HH:mm:ss'.",
        "BLOB" => "Write @utf8(text).",
        _ => "Compare it: text = 'true'.",
    };
}
