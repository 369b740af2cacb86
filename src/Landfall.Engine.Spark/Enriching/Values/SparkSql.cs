using System.Globalization;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>
/// Pieces of Spark SQL, for sessions whose literals give a backslash no meaning: a doubled quotation mark stays doubled
/// there, so that none is ever written into a literal.
/// </summary>
internal static class SparkSql
{
    /// <summary>What regular expressions of DuckDB take for white space: Java's takes the vertical tab, too.</summary>
    public const string Space = @"[\t\n\f\r ]";

    /// <summary>A text as an expression.</summary>
    public static string Text(string value)
    {
        string[] parts = value.Split('\'');
        return parts.Length == 1
            ? $"'{value}'"
            : $"concat({string.Join(", chr(39), ", parts.Select(p => $"'{p}'"))})";
    }

    /// <summary>A number as an expression.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether all of a text matches a regular expression of Java.</summary>
    public static string Full(string text, string pattern) => $"regexp_like({text}, {Text($@"^(?:{pattern})\z")})";

    /// <summary>A group of the first match of a regular expression; empty where there is none.</summary>
    public static string Group(string text, string pattern, int group) =>
        $"regexp_extract({text}, {Text(pattern)}, {Number(group)})";

    /// <summary>A text without the white space around it.</summary>
    public static string Trimmed(string text) => $"trim(both '\t\n\f\r ' from {text})";

    /// <summary>A text without the zeros that begin it.</summary>
    public static string WithoutZeros(string digits) => $"trim(leading '0' from {digits})";

    /// <summary>An expression in which a name stands for the value of another, computed once.</summary>
    public static string Let(string name, string value, string body) =>
        $"get(transform(array({value}), {name} -> {body}), 0)";
}
