using System.Globalization;
using System.Text.RegularExpressions;

namespace Landfall.Estate.Names;

/// <summary>Numbers, sizes and durations as manifests write them.</summary>
internal static partial class Quantities
{
    /// <summary>Digits with an optional sign; no exponent, no separators, no other base.</summary>
    public static bool TryInteger(string text, out long value)
    {
        value = 0;
        return IntegerPattern().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, null, out value);
    }

    /// <summary>Digits with an optional sign and fraction; no exponent.</summary>
    public static bool TryDecimal(string text, out decimal value)
    {
        value = 0;
        return DecimalPattern().IsMatch(text)
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, null, out value);
    }

    /// <summary>A whole number of <c>KiB</c>, <c>MiB</c>, <c>GiB</c> or <c>TiB</c>, in bytes.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        bytes = 0;
        Match match = SizePattern().Match(text);
        if (!match.Success || !long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, null, out long count))
        {
            return false;
        }

        int shift = match.Groups[2].Value switch { "KiB" => 10, "MiB" => 20, "GiB" => 30, _ => 40 };
        bytes = count << shift;
        return count <= long.MaxValue >> shift;
    }

    /// <summary>Days, hours, minutes and seconds, such as <c>1h30m</c>; in seconds.</summary>
    public static bool TryDuration(string text, out long seconds)
    {
        seconds = 0;
        Match match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return false;
        }

        int[] units = [86_400, 3_600, 60, 1];
        for (int i = 0; i < units.Length; i++)
        {
            ReadOnlySpan<char> digits = match.Groups[i + 1].ValueSpan;
            seconds += digits.IsEmpty ? 0 : long.Parse(digits, NumberStyles.None) * units[i];
        }

        return true;
    }

    [GeneratedRegex(@"\A-?[0-9]{1,19}\z")]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"\A-?[0-9]{1,19}(\.[0-9]{1,12})?\z")]
    private static partial Regex DecimalPattern();

    [GeneratedRegex(@"\A([0-9]{1,12})(KiB|MiB|GiB|TiB)\z")]
    private static partial Regex SizePattern();

    [GeneratedRegex(
        @"\A(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,9})s)?\z")]
    private static partial Regex DurationPattern();
}
