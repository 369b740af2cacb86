using Landfall.Engine.Formats;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>How texts of numbers are read: nothing is rounded or cut.</summary>
internal static class Numbers
{
    /// <summary>The outcome of a text for a column of doubles.</summary>
    public static string Double(string text)
    {
        string value = $"try_cast({SparkSql.Trimmed(text)} as double)";
        const string Plain = @"^-?[0-9]++(?:\.[0-9]++)?(?:[eE][+-]?[0-9]{1,2})?\z";
        return $"case when regexp_like({text}, {SparkSql.Text(Plain)}) and length({text}) < 200 "
            + $"then {Outcome.Value($"cast({text} as double)")} "
            + $"when not {Spellings.Fits(TypeKind.Double, text)} then {Outcome.None("double", text)} "
            + $"when abs({value}) = double('infinity') then {Outcome.Broken("double", Rules.NotFinite)} "
            + $"else {Outcome.Value(value)} end";
    }

    /// <summary>The outcome of a text for a column of integers.</summary>
    public static string Integer(DataType type, string text)
    {
        string name = SqlTypes.Name(type, SqlDialect.Spark);
        int plain = type.Kind == TypeKind.Int ? 9 : 18;
        string most = type.Kind == TypeKind.Int ? "(-2147483648, 2147483647)"
            : "(-9223372036854775808, 9223372036854775807)";
        string whole = $"try_cast(concat({Sign(text)}, '0', {Before(text)}) as {name})";
        string rounds = $"({Behind(text)} >= '5' and cast({whole} as decimal(38,0)) in {most})";
        string exponent = SparkSql.Let(
            "n", Exponents.Parts(text), Exact(name, text, Exponents.Integer(name), Exponents.Decimal(38, 18)));
        return $"case when regexp_like({text}, {SparkSql.Text($@"^-?[0-9]{{1,{plain}}}\z")}) "
            + $"then {Outcome.Value($"cast({text} as {name})")} "
            + $"when not {Spellings.Fits(type.Kind, text)} then {Outcome.None(name, text)} "
            + $"when {HasExponent(text)} then {exponent} "
            + $"when {whole} is null or {rounds} then {Outcome.None(name, text)} "
            + $"when trim(trailing '0' from {Behind(text)}) <> '' then {Outcome.Inexact(name)} "
            + $"else {Outcome.Value(whole)} end";
    }

    /// <summary>The outcome of a text for a column of decimals.</summary>
    public static string Decimal(DataType type, string text)
    {
        (int precision, int scale) = (type.Precision, type.Scale);
        string name = SqlTypes.Name(type, SqlDialect.Spark);
        int whole = precision - scale;
        string plain = (scale, whole) switch
        {
            (0, _) => $@"^-?[0-9]{{1,{whole}}}\z",
            (_, 0) => $@"^-?0?\.[0-9]{{1,{scale}}}\z",
            _ => $@"^-?[0-9]{{1,{whole}}}(?:\.[0-9]{{1,{scale}}})?\z",
        };
        string digits = $"{SparkSql.WithoutZeros(Before(text))}";
        string value = $"try_cast(concat({Sign(text)}, '0', {digits}, '.', "
            + $"trim(trailing '0' from {Behind(text)}), '0') as {name})";
        string rounds = $"(substr({Behind(text)}, {scale + 1}, 1) >= '5' and concat({digits}, "
            + $"left(rpad({Behind(text)}, {scale}, '0'), {scale})) = '{new string('9', precision)}')";
        int wide = 38 - Math.Max(20, whole);
        string exponent = SparkSql.Let(
            "n", Exponents.Parts(text),
            Exact(
                name, text, Exponents.Decimal(precision, scale), Exponents.Decimal(38, wide),
                $"decimal(38,{Math.Max(wide, scale)})"));
        return $"case when regexp_like({text}, {SparkSql.Text(plain)}) then {Outcome.Value($"cast({text} as {name})")} "
            + $"when not {Spellings.Fits(type.Kind, text)} then {Outcome.None(name, text)} "
            + $"when {HasExponent(text)} then {exponent} "
            + $"when length({digits}) > {whole} or {rounds} then {Outcome.None(name, text)} "
            + $"when length(trim(trailing '0' from {Behind(text)})) > {scale} then {Outcome.Inexact(name)} "
            + $"else {Outcome.Value(value)} end";
    }

    /// <summary>A value that must be that of a type which keeps more.</summary>
    private static string Exact(
        string type, string text, string value, string wide, string common = "decimal(38,18)") =>
        SparkSql.Let(
            "p", $"named_struct('v', {value}, 'w', {wide})",
            $"case when p.v is null then {Outcome.None(type, text)} "
            + $"when try_cast(p.v as {common}) = try_cast(p.w as {common}) "
            + $"then {Outcome.Value("p.v")} else {Outcome.Inexact(type)} end");

    private static string HasExponent(string text) => $"regexp_like({text}, '[eE]')";

    private static string Sign(string text) => $"if(startswith({SparkSql.Trimmed(text)}, '-'), '-', '')";

    private static string Before(string text) => SparkSql.Group(text, "^[^0-9.]*([0-9]*)", 1);

    private static string Behind(string text) => SparkSql.Group(text, "[.]([0-9]*)", 1);
}
