namespace Landfall.Sql.Typing;

/// <summary>What macros take; their templates cast it, which engines do differently for the rest.</summary>
internal static class MacroOperands
{
    private const string TimeHint = "Write @parse_date(text) or @parse_timestamp(text) around a text.";

    /// <summary>Why an argument does not fit, as the end of a sentence; null where it does or is not known.</summary>
    /// <param name="macro">The macro's name without <c>@</c>.</param>
    /// <param name="at">Which argument, from 0.</param>
    /// <param name="type">Its type.</param>
    public static (string Code, string Message, string Hint)? Problem(string macro, int at, ExpressionType type)
    {
        if (!type.IsKnown)
        {
            return null;
        }

        return macro switch
        {
            "month" or "date_diff_days" or "iso_dow" or "format_date" or "to_zone" => Time(type),
            "add_months" or "add_seconds" => at == 0 ? Time(type) : Whole(type),
            "int_div" => Whole(type),
            "div_dec" when type.IsDouble => (SqlCodes.InexactDivision, "is a double, which has no exact quotient.",
                "Divide doubles with /, or cast it to a decimal."),
            "div_dec" => type.Kind == ValueKind.Number ? null
                : (SqlCodes.MixedKinds, $"is {type}, not a number.", "Give it a number."),
            "string_agg" when at == 0 => Text(type),
            "re_like" or "re_extract" or "re_replace" or "json_str" or "json_dec" or "sha256" or "utf8" => Text(type),
            _ when macro.StartsWith("parse_", StringComparison.Ordinal) => Text(type),
            _ => null,
        };
    }

    private static (string Code, string Message, string Hint)? Time(ExpressionType type) =>
        type.IsTime ? null : (SqlCodes.DifferingCast, $"is {type}, not a date or timestamp.", TimeHint);

    private static (string Code, string Message, string Hint)? Text(ExpressionType type) =>
        type.Kind == ValueKind.Text ? null
        : (SqlCodes.DifferingCast, $"is {type}, not a text.", "Write cast(x as string).");

    private static (string Code, string Message, string Hint)? Whole(ExpressionType type) =>
        type.Number is { IsDouble: false, Scale: 0 } ? null
        : (SqlCodes.IntegerCast, $"is {type}, not a whole number.",
            "Say which you mean: floor(x), ceil(x) or round(x), cast to bigint.");
}
