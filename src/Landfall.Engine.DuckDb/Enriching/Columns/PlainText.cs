using System.Globalization;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// Reads values in the one form that sources nearly always use. What is not in it is left to the casts.
/// </summary>
internal static class PlainText
{
    private const int MostDigits = 18;
    private const long SecondMicros = 1_000_000;

    private static readonly long[] Powers = [.. Enumerable.Range(0, MostDigits + 1).Select(PowerOfTen)];

    /// <summary>An optional minus and up to 18 digits.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        bool negative = text.StartsWith("-"u8);
        bool plain = TryDigits(negative ? text[1..] : text, out long digits);
        value = negative ? -digits : digits;
        return plain;
    }

    /// <summary>
    /// An optional minus, digits, and no more fraction digits than the scale; up to 18 digits once scaled.
    /// </summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, int precision, int scale, out long unscaled)
    {
        unscaled = 0;
        bool negative = text.StartsWith("-"u8);
        ReadOnlySpan<byte> rest = negative ? text[1..] : text;
        int point = rest.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? rest : rest[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? [] : rest[(point + 1)..];
        if (fraction.Length > scale || whole.Length + scale > MostDigits || whole.Length + scale > precision
            || !TryDigits(whole, out long high) || (point >= 0 && !TryDigits(fraction, out unscaled)))
        {
            return false;
        }

        unscaled = (high * Powers[scale]) + (unscaled * Powers[scale - fraction.Length]);
        unscaled = negative ? -unscaled : unscaled;
        return true;
    }

    /// <summary>A finite number as JSON writes it.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    /// <summary><c>yyyy-MM-dd</c>; days since 1970-01-01.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-' || !TryDigits(text[..4], out long year)
            || !TryDigits(text[5..7], out long month) || !TryDigits(text[8..], out long day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month))
        {
            return false;
        }

        days = new DateOnly((int)year,
            (int)month, (int)day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        return true;
    }

    /// <summary>
    /// <c>yyyy-MM-ddTHH:mm:ss</c> with up to six fraction digits and <c>Z</c>, a blank for <c>T</c> too; microseconds
    /// since 1970-01-01 UTC.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isUtc">Whether a text without <c>Z</c> is UTC as well.</param>
    /// <param name="micros">The instant.</param>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, bool isUtc, out long micros)
    {
        micros = 0;
        bool marked = text.EndsWith("Z"u8);
        if (text.Length < 19 || (!marked && !isUtc) || text[10] is not ((byte)'T' or (byte)' ')
            || text[13] != ':' || text[16] != ':' || !TryDate(text[..10], out int days)
            || !TryDigits(text[11..13], out long hour) || !TryDigits(text[14..16], out long minute)
            || !TryDigits(text[17..19], out long second) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        ReadOnlySpan<byte> fraction = marked ? text[19..^1] : text[19..];
        long part = 0;
        if (fraction.Length > 0
            && (fraction.Length > 7 || fraction[0] != '.' || !TryDigits(fraction[1..], out part)))
        {
            return false;
        }

        long seconds = (days * 86400L) + (hour * 3600) + (minute * 60) + second;
        micros = (seconds * SecondMicros) + (fraction.Length == 0 ? 0 : part * Powers[7 - fraction.Length]);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > MostDigits)
        {
            return false;
        }

        foreach (byte character in text)
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }

    private static long PowerOfTen(int exponent) => exponent == 0 ? 1 : 10 * PowerOfTen(exponent - 1);
}
