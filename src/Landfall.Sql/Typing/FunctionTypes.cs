using System.Collections.Frozen;
using System.Globalization;
using Landfall.Sql.Linting;
using Landfall.Sql.Macros;
using Landfall.Sql.Numbers;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Typing;

/// <summary>What DuckDB's functions, operators and our macros give.</summary>
internal static class FunctionTypes
{
    private const string Macro = MacroExpander.SyntaxPrefix;

    // Spark's sums have so many digits more than what is summed.
    private const int SumDigits = 10;

    private static readonly FrozenDictionary<string, ExpressionType> Fixed = Table(
        (ExpressionType.Text,
            """
            lower upper trim ltrim rtrim substr substring replace split_part left right lpad rpad repeat concat_ws md5
            translate || @format_date @re_extract @re_replace @string_agg @sha256 @json_str
            """),
        (ExpressionType.BigInt,
            """
            length char_length character_length instr position year month quarter day hour minute second dayofmonth
            dayofyear weekofyear date_part count count_star count_if row_number rank dense_rank ntile
            @int_div @date_diff_days @iso_dow @parse_bigint
            """),
        (ExpressionType.Of(NumberType.Parse("INTEGER")), "@parse_int"),
        (ExpressionType.Double, "/ avg cume_dist percent_rank quantile_cont percentile_cont @parse_double"),
        (ExpressionType.Boolean, "contains ~~ !~~ ~~* !~~* bool_and bool_or @re_like"),
        (ExpressionType.Date, "date_add make_date last_day @month @add_months @parse_date"),
        (ExpressionType.Timestamp, "date_trunc @add_seconds @to_zone @parse_timestamp"),
        (new(ValueKind.Binary), "@utf8"));

    private static readonly FrozenSet<string> OfFirst = Names(
        "min max abs nullif lag lead first_value last_value nth_value @max_by @min_by");

    private static readonly FrozenSet<string> OfAll = Names("coalesce ifnull greatest least");

    /// <summary>The type of a literal or a cast.</summary>
    public static ExpressionType OfLiteralOrCast(SqlExpression expression)
    {
        if (expression is { Kind: ExpressionKind.Constant, DataType: "INTEGER" or "BIGINT" or "HUGEINT" })
        {
            return ExpressionType.Of(new NumberType(expression.Value.TrimStart('-').Length, 0, false));
        }

        return expression.DataType == "DECIMAL"
            ? ExpressionType.Of(new NumberType(expression.Width, expression.Scale, true))
            : ExpressionType.Parse(expression.DataType);
    }

    /// <summary>The type of a call.</summary>
    /// <param name="call">A function, an operator spelt as one, a window function or a macro.</param>
    /// <param name="typeOf">The type of what stands in it.</param>
    public static ExpressionType Of(SqlExpression call, Func<SqlExpression, ExpressionType> typeOf)
    {
        ExpressionType Argument(int at) => at < call.Arguments ? typeOf(call.Children[at]) : ExpressionType.Unknown;
        if (Fixed.TryGetValue(call.Name, out ExpressionType? known))
        {
            return known;
        }

        if (PortableFunctions.Doubles.Contains(call.Name))
        {
            return ExpressionType.Double;
        }

        return call.Name switch
        {
            "+" or "-" when call.Arguments == 1 => Argument(0),
            "+" or "-" => Sum(Argument(0), Argument(1)),
            "*" => ExpressionType.Of(Product(Argument(0).Number, Argument(1).Number)),
            "%" or "mod" => Argument(0).With(Argument(1)),
            "sum" => SumOf(Argument(0)),
            "floor" or "ceil" or "ceiling" => Rounded(Argument(0), 0, whole: ExpressionType.Double),
            "round" => Rounded(Argument(0), Digits(call, 1), whole: Argument(0)),
            Macro + "div_dec" => Decimal(call, 2),
            Macro + "parse_decimal" => Decimal(call, 1),
            Macro + "json_dec" => Decimal(call, 2),
            _ when OfFirst.Contains(call.Name) => Argument(0),
            _ when OfAll.Contains(call.Name) => call.Children.Take(call.Arguments).Select(typeOf)
                .Aggregate(ExpressionType.Null, (a, b) => a.With(b)),
            _ => ExpressionType.Unknown,
        };
    }

    /// <summary>Whether a product needs more digits than DuckDB gives one of these factors.</summary>
    public static bool IsTooNarrow(NumberType? one, NumberType? other) =>
        one is { IsDouble: false } && other is { IsDouble: false } && (one.IsDecimal || other.IsDecimal)
        && one.Digits <= NumberType.NarrowDigits && other.Digits <= NumberType.NarrowDigits
        && one.Digits + other.Digits > NumberType.NarrowDigits;

    /// <summary>Whether a sum of two needs more digits than DuckDB gives it.</summary>
    public static bool IsSumTooNarrow(NumberType? one, NumberType? other) =>
        one is { IsDouble: false } && other is { IsDouble: false } && (one.IsDecimal || other.IsDecimal)
        && one.Digits <= NumberType.NarrowDigits && other.Digits <= NumberType.NarrowDigits
        && one.With(other).Digits >= NumberType.NarrowDigits;

    private static ExpressionType Sum(ExpressionType one, ExpressionType other)
    {
        // A day and a number of days, in either order.
        if (one.Kind == ValueKind.Date || other.Kind == ValueKind.Date)
        {
            ValueKind rest = one.Kind == ValueKind.Date ? other.Kind : one.Kind;
            return rest == ValueKind.Number ? ExpressionType.Date : ExpressionType.Unknown;
        }

        if (one.Number is not { } a || other.Number is not { } b)
        {
            return one.Kind == ValueKind.Number && other.Kind == ValueKind.Number
                ? ExpressionType.Of(number: null) : ExpressionType.Unknown;
        }

        NumberType sum = a.With(b);
        return ExpressionType.Of(sum.IsDecimal
            ? sum with { Digits = Capped(sum.Digits + 1), OnSpark = Capped(a.Needed(b) + 1) } : sum);
    }

    private static NumberType? Product(NumberType? one, NumberType? other)
    {
        if (one is { IsDouble: true } || other is { IsDouble: true })
        {
            return NumberType.Double;
        }

        if (one is null || other is null)
        {
            return null;
        }

        return one.IsDecimal || other.IsDecimal
            ? new(
                IsTooNarrow(one, other) ? NumberType.DigitsMax : Capped(one.Digits + other.Digits),
                one.Scale + other.Scale, true)
            {
                OnSpark = Capped((one.OnSpark ?? one.Digits) + (other.OnSpark ?? other.Digits) + 1),
            }
            : one.With(other);
    }

    private static int Capped(int digits) => Math.Min(digits, NumberType.DigitsMax);

    private static ExpressionType SumOf(ExpressionType summed) => summed.Number switch
    {
        null => ExpressionType.Of(number: null),
        { IsDouble: true } => ExpressionType.Double,
        { IsDecimal: true } dec => ExpressionType.Of(
            dec with { Digits = NumberType.DigitsMax, OnSpark = Capped((dec.OnSpark ?? dec.Digits) + SumDigits) }),
        _ => ExpressionType.Of(NumberType.Huge),
    };

    private static ExpressionType Rounded(ExpressionType rounded, int? digits, ExpressionType whole) =>
        rounded.IsDecimal && digits is { } scale
            ? ExpressionType.Of(RoundedTo(rounded.Number!, Math.Min(rounded.Number!.Scale, scale)))
            : rounded.IsWhole ? whole
            : rounded;

    private static NumberType RoundedTo(NumberType number, int scale) => number with
    {
        Scale = scale,
        OnSpark = Capped((number.OnSpark ?? number.Digits) - number.Scale + scale + 1),
    };

    private static ExpressionType Decimal(SqlExpression call, int at) =>
        Digits(call, at) is { } precision && Digits(call, at + 1) is { } scale
            ? ExpressionType.Of(new NumberType(precision, scale, true)) : ExpressionType.Of(number: null);

    // A number written out as an argument; zero where there is none.
    private static int? Digits(SqlExpression call, int at) =>
        at >= call.Arguments ? 0
        : int.TryParse(call.Children[at].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : null;

    private static FrozenDictionary<string, ExpressionType> Table(
        params (ExpressionType Type, string Names)[] rows) => rows
        .SelectMany(r => Names(r.Names).Select(n => KeyValuePair.Create(n, r.Type)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenSet<string> Names(string words) => PortableFunctions.Words(words)
        .Select(w => w.Replace("@", Macro, StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);
}
