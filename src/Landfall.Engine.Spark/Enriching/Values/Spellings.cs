using Landfall.Estate.Types;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>
/// The spellings of values that are read, as regular expressions of Java. <c>docs/reading-files.md</c> lists the same,
/// and the engine DuckDB reads the same.
/// </summary>
internal static class Spellings
{
    /// <summary>Year, month and day. Years of more digits, or before the first, are named as out of range.</summary>
    public const string Day = "-?[0-9]{4,}[-/][0-9]{1,2}[-/][0-9]{1,2}";

    /// <summary>Infinities are named as out of range, too.</summary>
    public const string Infinity = "-?(?i:infinity)";

    /// <summary>A number, digits with an optional fraction and exponent.</summary>
    public const string Number =
        SparkSql.Space + @"*[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?" + SparkSql.Space + "*";

    private const string Boolean = "(?i:true|false|t|f|yes|no|y|n|1|0)";

    private const string Wide = @"[\t\n\x0b\f\r ]*";

    /// <summary>What a cast to a double takes for one that is not finite; numbers too large besides.</summary>
    private const string Endless = Wide + @"[+]?-?(?i:nan(?:\([0-9a-z_]*\))?|inf(?:inity)?)" + Wide;

    private const string Digits = "[0-9]++(?:_[0-9]++)*+";

    private const string Large = Wide + @"[+]?-?(?:" + Digits + @"(?:\.(?:" + Digits + @")?)?|\." + Digits
        + ")(?:[eE][+-]?[0-9]++)?" + Wide;

    /// <summary>Whether a text is in a spelling of a boolean or a number.</summary>
    public static string Fits(TypeKind type, string text) =>
        SparkSql.Full(text, type == TypeKind.Boolean ? Boolean : Number);

    /// <summary>An expression: the rule that a text breaks which is no value of its type.</summary>
    public static string NoValue(string text)
    {
        const string Left = @"^[\t\n\x0b\f\r ]*[+]|[\t\n\x0b\f\r _]";
        string number = $"abs(try_cast(regexp_replace({text}, {SparkSql.Text(Left)}, '') as double))";
        return $"case when {SparkSql.Full(text, Endless)} or ({SparkSql.Full(text, Large)} "
            + $"and {number} = double('infinity')) then {SparkSql.Text(Formats.Rules.NotFinite)} "
            + $"else {SparkSql.Text(Formats.Rules.Type)} end";
    }
}
