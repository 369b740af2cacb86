using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Sql.Tests.Portable;

/// <summary>Values of each type at its edges, and random ones; null is among them.</summary>
public static class Edges
{
    /// <summary>Whole numbers of 32 bits.</summary>
    public static ImmutableArray<string?> Ints { get; } = Of(
        "-2147483648 -2147483647 -100 -7 -2 -1 0 1 2 3 7 10 99 46341 2147483647");

    /// <summary>Whole numbers of 64 bits.</summary>
    public static ImmutableArray<string?> BigInts { get; } = Of(
        "-9223372036854775808 -9223372036854775807 -4294967296 -2147483649 -7 -1 0 1 2 7 1000000007 3037000500 "
        + "9007199254740993 9223372036854775807");

    /// <summary>Doubles.</summary>
    public static ImmutableArray<string?> Doubles { get; } = Of(
        "nan inf -inf 0 1 -1 0.5 -0.5 1.5 2.5 -2.5 0.1 0.3 2.675 1.005 0.125 1e-9 4.9e-324 2.2250738585072014e-308 "
        + "1e16 123456789.123456789 1e22 1e23 -1e15 9007199254740993 2147483647.5 2147483648 -2147483648.5 "
        + "9.223372036854775e18 9.3e18 -1e19 1e38 1e100 1.7976931348623157e308 1e308 3.999999999999999 "
        + "0.49999999999999994 1e-5 1e-4 0.001 1e7 12345678 0.7853981633974483 3.141592653589793 1e150 "
        + "-4503599627370497.5");

    /// <summary>Some doubles, to be paired with each other.</summary>
    public static ImmutableArray<string?> FewDoubles { get; } = Of(
        "nan inf -inf 0 1 -1 0.5 -2.5 3 7 1e-9 4.9e-324 1e16 1e22 1e308 -1e308");

    /// <summary>Minus zero, which files may hold where they hold no zero.</summary>
    public static ImmutableArray<string?> Zeros { get; } = Of("-0.0 1 -1 nan");

    /// <summary>Texts.</summary>
    public static ImmutableArray<string?> Texts { get; } =
    [
        null, "", "a", "A", " ", "  a b ", "hello", "Hello, World", "ß", "Straße", "İstanbul", "ΑΣ", "ὈΔΥΣΣΕΎΣ", "ᾳᾀ",
        "ﬁn", "ŉ", "éa", "e\u0301a\u0302", "😀", "a😀b", "👩‍👩‍👧x",
        "\u00a0x\u3000", "\tx\n", "%_", "a%b_c", "a\\b", "\\", "it's", "12", " 12 ", "12.5", "-7", "+5",
        "1e3", "1.5e2", ".5", "5.", "0x1A", "1_000", "NaN", "inf", "true",
        "yes", "0", "9223372036854775807", "9223372036854775808", "2147483648", "-2147483649",
        "99999999999999999999.999", "0.125", "1e400", "1e-400", "١٢", "2024-02-29", "2023-02-29", "2024-2-9",
        "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "1582-10-10", "epoch", "infinity", "2024",
        "2024-02-29 23:59:59.123456", "2024-02-29T23:59:59", "2024-02-29 24:00:00", "2024-02-29 10:00:00+02:00",
        "2024-02-29 10:00", "2024-02-30 10:00:00", "2024-02-29 10:00:00.1234567", "ǆ", "Ⅷ", "i", "I", "ı", "K", "𐐀",
        "\u200bx\u200b", "\u0001", "a,b,,c", "aXbXXc",
        "${env:HOME}", "a'b''c", "\u2028", new string('z', 300), "a\r\nb", "[x]", "{y}", "^a$", "ab".PadRight(70, 'é'),
    ];

    /// <summary>Parts of texts: what is looked for.</summary>
    public static ImmutableArray<string?> Parts { get; } =
        [null, "", "a", "X", "ab", "😀", "l", "\u0301", "%", "_", "%a%", "İ", " ", "\\", "\\%", "'", ",", "é"];

    /// <summary>Positions and lengths.</summary>
    public static ImmutableArray<string?> Positions { get; } = Of("-2147483648 -10 -3 -1 0 1 2 3 5 6 100 2147483647");

    /// <summary>Days.</summary>
    public static ImmutableArray<string?> Dates { get; } = Of(
        "0001-01-01 0001-12-31 0099-03-01 1000-02-28 1582-10-04 1582-10-05 1582-10-14 1582-10-15 1600-02-29 1700-02-28 "
        + "1899-12-31 1900-02-28 1969-12-31 1970-01-01 1999-12-31 2000-02-29 2000-12-31 2001-01-01 2023-12-31 "
        + "2024-01-01 2024-01-31 2024-02-28 2024-02-29 2024-03-01 2024-03-31 2024-12-29 2024-12-30 2024-12-31 "
        + "2025-01-01 2026-01-01 2100-02-28 2400-02-29 9999-01-01 9999-12-31");

    /// <summary>Instants.</summary>
    public static ImmutableArray<string?> Timestamps { get; } =
    [
        null, "0001-01-01 00:00:00", "0001-01-01 00:00:00.000001", "1582-10-04 23:59:59.999999", "1582-10-10 12:00:00",
        "1582-10-15 00:00:00", "1900-01-01 00:00:00", "1969-12-31 23:59:59.999999", "1969-12-31 23:59:59",
        "1970-01-01 00:00:00", "1970-01-01 00:00:00.000001", "2023-12-31 23:59:59.999999", "2024-02-29 12:34:56.789",
        "2024-02-29 00:00:00", "2024-03-31 01:30:00", "2024-03-31 00:59:59", "2024-10-27 00:30:00",
        "2024-10-27 01:30:00", "2024-12-30 12:00:00.5", "2038-01-19 03:14:08", "9999-12-31 23:59:59.999999",
        "1883-11-18 12:00:00", "1945-08-14 23:00:00",
    ];

    /// <summary>Numbers of days, months and seconds.</summary>
    public static ImmutableArray<string?> Steps { get; } = Of(
        "-2147400000 -800000 -366 -31 -1 0 1 12 29 365 86400 100000 3000000 2147400000");

    /// <summary>Decimals of a type: the largest, the smallest, halves of the last digit but one, random ones.</summary>
    public static ImmutableArray<string?> Decimals(int precision, int scale, Random random)
    {
        List<string?> values = [null, "0", Point(new string('9', precision), scale), Point("1", scale)];
        values.Add("-" + values[2]);
        values.Add("-" + values[3]);
        for (int i = 0; i < 5; i++)
        {
            int digits = random.Next(1, precision + 1);
            string text = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10))));
            values.Add((i % 2 == 0 ? "" : "-") + Point(i < 2 ? text[..^1] + "5" : text, scale));
        }

        return [.. values];
    }

    /// <summary>
    /// As many values as asked for: the edges in a random order, over and over, with random ones between.
    /// </summary>
    public static ImmutableArray<string?> Mixed(
        ImmutableArray<string?> edges, int count, Random random, Func<Random, string>? other = null)
    {
        string?[] all = [.. Enumerable.Range(0, count).Select(i => other is not null && i >= edges.Length && i % 3 == 0
            ? other(random) : edges[i % edges.Length])];
        random.Shuffle(all);
        return [.. all];
    }

    /// <summary>A random text of letters, blanks and odd characters.</summary>
    public static string Text(Random random)
    {
        string[] letters = ["a", "b", "Z", " ", "é", "ß", "😀", "\u0301", "%", "_", "\\", "'", "0", "9", "-", ".", "Σ"];
        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => letters[random.Next(letters.Length)]));
    }

    /// <summary>A random double of any size.</summary>
    public static string Double(Random random) =>
        ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 25))).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A random day.</summary>
    public static string Date(Random random) => DateOnly.FromDayNumber(
        random.Next(DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A random instant, to the microsecond.</summary>
    public static string Timestamp(Random random) => DateTime.UnixEpoch
        .AddMicroseconds(random.NextInt64(-4_000_000_000_000_000, 4_000_000_000_000_000))
        .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static string Point(string digits, int scale)
    {
        string padded = digits.PadLeft(scale + 1, '0');
        return scale == 0 ? padded : $"{padded[..^scale]}.{padded[^scale..]}";
    }

    private static ImmutableArray<string?> Of(string words) => [null, .. words.Split(' ')];
}
