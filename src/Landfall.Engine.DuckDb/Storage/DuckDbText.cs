using System.Globalization;
using Landfall.Delta.Statistics;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Values as DuckDB's casts to text write them.</summary>
public static class DuckDbText
{
    /// <summary>Reads DuckDB's text of an instant; false for what no year from 1 to 9999 has.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        string[] formats = ["yyyy-MM-dd HH:mm:ss.FFFFFFzz", "yyyy-MM-dd HH:mm:ss.FFFFFFzzz"];
        return DateTimeOffset.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant);
    }

    /// <summary>DuckDB leaves the zero before the point out where a decimal has no digits there.</summary>
    public static string WithLeadingZero(string text) =>
        text.StartsWith('.') ? "0" + text
        : text.StartsWith("-.", StringComparison.Ordinal) ? "-0" + text[1..]
        : text;

    /// <summary>Bounds in the form that statistics want; one that has none is left out.</summary>
    internal static ColumnFacts Plain(ColumnFacts facts, DataType type) =>
        facts with { Min = Plain(facts.Min, type), Max = Plain(facts.Max, type) };

    private static string? Plain(string? text, DataType type) => (text, type.Kind) switch
    {
        (null, _) => null,
        (_, TypeKind.Decimal) => WithLeadingZero(text),
        (_, TypeKind.Timestamp) => TryInstant(text, out DateTimeOffset at)
            ? at.ToString("O", CultureInfo.InvariantCulture)
            : null,
        _ => text,
    };
}
