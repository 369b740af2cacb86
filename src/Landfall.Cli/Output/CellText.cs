using System.Collections;
using System.Globalization;

namespace Landfall.Cli.Output;

/// <summary>Values as text, the same in tables and CSV.</summary>
internal static class CellText
{
    /// <summary>
    /// The text of a value: instants in UTC with <c>Z</c>, times without a zone as they are, numbers without grouping;
    /// empty for null.
    /// </summary>
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => Local(at.UtcDateTime) + "Z",
        DateTime at => Local(at),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        IDictionary map => "{" + string.Join(", ", Entries(map)) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        _ => value.ToString() ?? "",
    };

    private static IEnumerable<string> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return $"{entry.Key}: {Of(entry.Value)}";
        }
    }

    private static string Local(DateTime at) => at.ToString(
        at.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.ffffff",
        CultureInfo.InvariantCulture);
}
