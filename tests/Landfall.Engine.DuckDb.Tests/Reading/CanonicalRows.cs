using System.Collections;
using System.Globalization;

namespace Landfall.Engine.DuckDb.Tests.Reading;

/// <summary>Rows as texts that are equal where the values are, whatever type carries them.</summary>
internal static class CanonicalRows
{
    public static string[] Of(IReadOnlyList<string> names, IEnumerable<object?[]> rows)
    {
        int[] order = [.. Enumerable.Range(0, names.Count).OrderBy(i => names[i], StringComparer.Ordinal)];
        return
        [
            .. rows.Select(r => string.Join(" | ", order.Select(i => $"{names[i]}={Text(r[i])}")))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        DateTimeOffset at => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)[..27],
        DateTime at => at.ToString("O", CultureInfo.InvariantCulture)[..27],
        byte[] bytes => Convert.ToHexString(bytes),
        string text => $"'{text}'",
        IDictionary map => "{" + string.Join(", ", map.Keys.Cast<object>()
            .Select(k => $"{Text(k)}: {Text(map[k])}").Order(StringComparer.Ordinal)) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Text)) + "]",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
