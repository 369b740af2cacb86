using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Landfall.Estate.Types;

namespace Landfall.Estate.Contracts;

/// <summary>Values that a contract writes as texts, read as values of a column's type.</summary>
public static partial class ContractValue
{
    /// <summary>
    /// Reads a text as a value of a type and gives the one text of that value, which SQL casts to the type: <c>1.0</c>,
    /// <c>+1</c> and <c>01</c> are the int <c>1</c>. Text is what it is, and no type but string has an empty one.
    /// </summary>
    /// <param name="type">The column's type; of binary, arrays and structs there are no texts.</param>
    /// <param name="text">
    /// A number in digits, for a double also with an exponent, <c>NaN</c> and <c>Infinity</c>; <c>true</c> or
    /// <c>false</c>; a day as <c>2026-01-31</c>; an instant as <c>2026-01-31T12:00:00Z</c>, in UTC where it names no
    /// offset, at midnight where it is a day.
    /// </param>
    /// <param name="value">The value's text; empty where there is none.</param>
    /// <returns>Whether the type has such a value, without rounding of exact numbers.</returns>
    public static bool TryRead(DataType type, string text, out string value)
    {
        string? found = type.Kind switch
        {
            TypeKind.String => text.Contains('\0') ? null : text,
            TypeKind.Boolean => text is "true" or "True" or "TRUE" ? "true"
                : text is "false" or "False" or "FALSE" ? "false" : null,
            TypeKind.Int => Whole(text, int.MinValue, int.MaxValue),
            TypeKind.BigInt => Whole(text, long.MinValue, long.MaxValue),
            TypeKind.Decimal => Exact(text, type.Precision - type.Scale, type.Scale),
            TypeKind.Double => Approximate(text),
            TypeKind.Date => DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
            TypeKind.Timestamp => Instant(text),
            _ => null,
        };
        value = found ?? "";
        return found is not null;
    }

    /// <summary>How a value of a type is written, for hints.</summary>
    public static string Form(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => "true or false",
        TypeKind.Int or TypeKind.BigInt => "a whole number in digits",
        TypeKind.Decimal => $"a number of at most {type.Precision - type.Scale} digits before the point and "
            + $"{type.Scale} after it",
        TypeKind.Double => "a number",
        TypeKind.Date => "a day such as 2026-01-31",
        TypeKind.Timestamp => "an instant such as 2026-01-31T12:00:00Z",
        _ => "text",
    };

    private static string? Whole(string text, long low, long high) =>
        Exact(text, 20, 0) is { } digits && BigInteger.Parse(digits, CultureInfo.InvariantCulture) is var number
        && number >= low && number <= high
            ? digits
            : null;

    private static string? Exact(string text, int wholeDigits, int partDigits)
    {
        if (NumberPattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        string whole = match.Groups["whole"].Value.TrimStart('0');
        string part = match.Groups["part"].Value.TrimEnd('0');
        if (whole.Length > wholeDigits || part.Length > partDigits)
        {
            return null;
        }

        string digits = (whole.Length == 0 ? "0" : whole) + (part.Length == 0 ? "" : "." + part);
        return match.Groups["sign"].Value == "-" && digits != "0" ? "-" + digits : digits;
    }

    private static string? Approximate(string text) => text switch
    {
        "NaN" or ".nan" or ".NaN" or ".NAN" => "NaN",
        "Infinity" or "+Infinity" or ".inf" or "+.inf" => "Infinity",
        "-Infinity" or "-.inf" => "-Infinity",
        _ => DoublePattern().IsMatch(text)
            && double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) is var number
            && double.IsFinite(number)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : null,
    };

    private static string? Instant(string text)
    {
        if (InstantPattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        string time = match.Groups["time"] is { Success: true } hours
            ? hours.Value + (match.Groups["seconds"].Success ? "" : ":00")
            : "00:00:00";
        string offset = match.Groups["hours"] is { Success: true } given
            ? $"{given.Value}:{(match.Groups["minutes"] is { Success: true } minutes ? minutes.Value : "00")}"
            : "+00:00";
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["day"].Value} {time}{offset}",
            match.Groups["fraction"].Success ? "yyyy-MM-dd HH:mm:ss.FFFFFFzzz" : "yyyy-MM-dd HH:mm:sszzz",
            CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant)
                ? instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'+00'", CultureInfo.InvariantCulture)
                : null;
    }

    [GeneratedRegex(
        @"\A(?<sign>[+-]?)(?<whole>[0-9]+)(\.(?<part>[0-9]*))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,4})?\z")]
    private static partial Regex DoublePattern();

    [GeneratedRegex(
        @"\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
        + @"([T ](?<time>[0-9]{2}:[0-9]{2}(?<seconds>:[0-9]{2}(?<fraction>\.[0-9]{1,6})?)?)"
        + @"(Z|(?<hours>[+-][0-9]{2})(:?(?<minutes>[0-9]{2}))?)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex InstantPattern();
}
