using System.Globalization;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Texts that are values, nearly values and no values of the types of contracts, by a seed.</summary>
internal sealed class ValueTexts(Random random)
{
    private static readonly string[] Blanks =
        ["", "", "", "", "", "", "", "", " ", "\t", "  ", "\n", "\r", "\v", "\f", "\u00a0"];

    private static readonly string[] Offsets =
    [
        "", "", "", "Z", "z", "UTC", " UTC", " utc", "+00", "+00:00", "-00:00", "+0000", "+02", "+0200", "+02:00",
        "+05:45", "-05:30", "+15:59", "+16:00", "-15:59", "+2", "+2:00", "+02:60", "+02:00:30", "+020030", "+0200:30",
        "+02:0030", " Z", " +02", "  UTC", " Europe/Berlin", " europe/berlin", "Europe/Berlin", " America/New_York",
        " AMERICA/NEW_YORK", " Etc/GMT+5", " etc/gmt-14", " Foo/Bar", " Asia/Kathmandu", " america/port-au-prince",
        " Australia/Lord_Howe", " america/argentina/buenos_aires", "\tUTC", " CET", "CET", " GMT", " Etc/UTC", " /x",
        " a/", " US/Pacific", "+2:0", "Zz", " Pacific/Apia",
    ];

    private static readonly string[] Odd =
    [
        "", "-", ".", "e5", "0x10", "0b1", "1_000", "1_0.5", "1_0e999", "1,000", "1 000", "nan", "NaN", "-nan", "+nan",
        "nan(1a)", "nan(", "inf", "-inf", "+inf", "+-inf", "Infinity", "infinit", "١٢", "1e", "1d", "1f", "1L",
        "True", "1e999", " 1e999 ", "-1e999", ".5.5", "1..", "0x1p3", "½", "null", "NULL", "-0", "-0.0", "+0",
        "1__0e999", "1_e999", "infinity", " -infinity", "+infinity", "epoch", "today", "20240102", "2024-W13-6",
        "44927",
        "2024-01-02 (BC)", "0000-01-02 (bc)", "-2024-01-02 (BC)", "2024-01-02\t(BC)", "2024-01-02 BC", "2024-01-02T",
        "2024-01-02 x", "2024-01-02T\nx", "2024-01-02 ", "2024-01-02t12:00:00z", "2024-01-02T12:00:00.z",
    ];

    /// <summary>The next text for a type, as contracts write it.</summary>
    public string Next(string type) => random.Next(10) == 0 ? Odd[random.Next(Odd.Length)] : type switch
    {
        "boolean" => Blank() + Of(
            "true", "True", "t", "F", "false", "yes", "YES", "no", "n", "y", "1", "0", "01", "on", "tr", "fal\u017fe",
            "") + Blank(),
        "binary" => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Of(
            "a", " ", "\\x41", "\\xff", "\\xZZ", "\\", "\\x4", "é", "\0", "\n", "\"", "'", "\u007f", "\\x00"))),
        "date" => Date(),
        "timestamp" => random.Next(2) == 0 ? LocalTime() : Date(),
        _ => Number(),
    };

    private string Number()
    {
        string whole = Of(
            "", "0", "00", "1", "9", "12", "999", "2147483647", "2147483648", "9223372036854775807",
            "9223372036854775808", "99999999999999999999", Digits(1, 6), Digits(1, 25), "000" + Digits(0, 8));
        string fraction = Of(
            "", "", ".", ".0", ".5", ".00", ".49", ".995", "." + Digits(1, 4), "." + Digits(1, 25),
            "." + new string('0', random.Next(1, 22)) + Digits(0, 6), "." + new string('9', random.Next(1, 22)));
        string exponent = Of(
            "", "", "", "", "", "e0", "E2", "e3", "e-1", "e-2", "e+4", "e10", "e18", "e19", "e-18", "e-20", "e-40",
            "e400", "e-400", "e32767", "e32768", "e-32768", "e99999999999", "e05", "e-007", "e", "e+", "e1.5",
            string.Create(CultureInfo.InvariantCulture, $"e{random.Next(-25, 26)}"));
        return Blank() + Of("", "", "-", "+", "--") + whole + fraction + exponent + Blank();
    }

    private string Date() => Blank() + Day() + (random.Next(2) == 0 ? "" : Of("T", " ", "t", "  ", "T ", "\t", "x")
        + Of(Time(), Time(), "00:00", "00:00:00", "0:00", "00:00:00.000") + Of(Offsets)) + Blank();

    /// <summary>Mostly a local time near a change of clocks.</summary>
    private string LocalTime() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Of(2024, 2023, 1999, 1945, 1916, 2030, 9999, 1, 1600, random.Next(1970, 2026)):D4}-")
        + string.Create(CultureInfo.InvariantCulture, $"{Of(1, 3, 4, 7, 9, 10, 11):D2}-{random.Next(1, 31):D2}")
        + Of("T", " ") + string.Create(
            CultureInfo.InvariantCulture, $"{Of(0, 1, 2, 2, 3, 4, 12, 23):D2}:{Of(0, 30, 59):D2}:{Of(0, 59):D2}")
        + Of(Offsets);

    private string Day()
    {
        string year = Of(
            "2024", "2023", "1900", "2000", "1970", "0001", "0000", "9999", "10000", "-0001", "-2024", "02024", "1582",
            "290000", "-290000", "294248", "5881580", "5881581", "-5877641", "99999999", "999999999", "12345678901",
            random.Next(1, 10000).ToString("D4", CultureInfo.InvariantCulture), "24", "202");
        string separator = Of("-", "-", "-", "-", "/");
        return year + separator + Of("1", "01", "2", "02", "12", "10", "3", "13", "0", "04", "7", "07", "001")
            + (random.Next(20) == 0 ? Of("-", "/", ".", "\\", " ") : separator)
            + Of("1", "01", "2", "10", "28", "29", "30", "31", "32", "0", "07", "001");
    }

    private string Time()
    {
        string second = Of("", "", ":00", ":00", ":30", ":59", ":60", ":5", ":");
        return Of("00", "0", "1", "02", "12", "23", "24", "25", "002", "") + ":"
            + Of("00", "00", "30", "59", "60", "5", "") + second + (second.Length == 0 ? "" : Of(
                "", "", "", ".", ".0", ".5", ".123456", ".1234567", ".123456000", ".0000001", ".9999999", ",5",
                "." + Digits(1, 9)));
    }

    private string Blank() => Of(Blanks);

    private string Digits(int least, int most) => string.Concat(
        Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => (char)('0' + random.Next(10))));

    private T Of<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
