using System.Globalization;

namespace Landfall.Cli.Commands;

/// <summary>Times and sizes as people give them on the command line.</summary>
internal static class Quantity
{
    /// <summary>
    /// A time: a number and <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c> or <c>w</c>, for example <c>7d</c>.
    /// </summary>
    /// <exception cref="UsageException">LF4230 for anything else.</exception>
    public static TimeSpan Time(string option, string text) =>
        Split(text) is var (number, unit) && SecondsOf(unit) is { } seconds
            && number * seconds <= TimeSpan.FromDays(36_500).TotalSeconds
            ? TimeSpan.FromSeconds(number * seconds)
            : throw Refused(option, text, "a time such as 12h, 7d or 4w");

    /// <summary>
    /// A size: a number and <c>B</c>, <c>KiB</c>, <c>MiB</c> or <c>GiB</c>, for example <c>128MiB</c>.
    /// </summary>
    /// <exception cref="UsageException">LF4230 for anything else.</exception>
    public static long Size(string option, string text) =>
        Split(text) is var (number, unit) && BytesOf(unit) is { } bytes && number * bytes is >= 1 and <= 1L << 40
            ? (long)(number * bytes)
            : throw Refused(option, text, "a size such as 64MiB or 1GiB");

    private static (double Number, string Unit)? Split(string text)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        return double.TryParse(
            text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? (number, text[digits..].Trim())
            : null;
    }

    private static double? SecondsOf(string unit) => unit switch
    {
        "s" => 1,
        "m" or "min" => 60,
        "h" => 3600,
        "d" => 86400,
        "w" => 7 * 86400,
        _ => null,
    };

    private static double? BytesOf(string unit) => unit.ToUpperInvariant() switch
    {
        "B" => 1,
        "K" or "KB" or "KIB" => 1L << 10,
        "M" or "MB" or "MIB" => 1L << 20,
        "G" or "GB" or "GIB" => 1L << 30,
        _ => null,
    };

    private static UsageException Refused(string option, string text, string wanted) => new(
        CliCodes.BadQuantity, $"{option} takes {wanted}, not '{text}'. Nothing was done.");
}
