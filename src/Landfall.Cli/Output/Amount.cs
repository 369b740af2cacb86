using System.Globalization;

namespace Landfall.Cli.Output;

/// <summary>Quantities as people read them.</summary>
internal static class Amount
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Bytes with a binary unit: <c>512 B</c>, <c>1.5 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        string format = unit == 0 || value >= 100 ? "0" : "0.0";
        return value.ToString(format, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>A count with its digits grouped: <c>1,234,567</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 row</c>, <c>2 rows</c>.</summary>
    public static string Count(long count, string noun) => Count(count, noun, noun + "s");

    /// <summary>A count with its noun, whose plural does not end in the noun with an s.</summary>
    public static string Count(long count, string noun, string plural) =>
        $"{Count(count)} {(count == 1 ? noun : plural)}";

    /// <summary>Time spent: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>, <c>3 d 04 h</c>.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 9.95 } => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalSeconds: < 59.5 } => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes:00} min",
        _ => $"{(int)time.TotalDays} d {time.Hours:00} h",
    };

    /// <summary>Seconds spent, as <see cref="Time"/> writes them.</summary>
    public static string Seconds(double seconds) => Time(TimeSpan.FromSeconds(seconds));
}
