using System.Globalization;
using System.Text.Json;
using Landfall.Estate.Types;

namespace Landfall.Delta.Skipping;

/// <summary>
/// A value of a column as something to compare: decimal for integers and decimals, double, string by code points,
/// <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> or bool. Null stands for unknown.
/// </summary>
internal static class SkippingValue
{
    private const int MaxExactDigits = 28;

    public static object? OfLiteral(object? literal, DataType type) => (type.Kind, literal) switch
    {
        (TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal, int n) => (decimal)n,
        (TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal, long n) => (decimal)n,
        (TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal, decimal n) => n,
        (TypeKind.Double, int n) => (double)n,
        (TypeKind.Double, double n) when !double.IsNaN(n) => n,
        (TypeKind.String, string) or (TypeKind.Date, DateOnly) or (TypeKind.Boolean, bool) => literal,
        (TypeKind.Timestamp, DateTimeOffset) => literal,
        _ => null,
    };

    /// <summary>A partition value's text.</summary>
    public static object? OfPartition(string text, DataType type) => type.Kind switch
    {
        TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal => Number(text),
        TypeKind.Double => Floating(text),
        TypeKind.String => text,
        TypeKind.Boolean => bool.TryParse(text, out bool flag) ? flag : null,
        TypeKind.Date => Date(text),
        TypeKind.Timestamp => Instant(text),
        _ => null,
    };

    /// <summary>A bound of the statistics.</summary>
    public static object? OfStatistic(JsonElement? value, DataType type) => (type.Kind, value?.ValueKind) switch
    {
        (TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal, JsonValueKind.Number) =>
            Number(value!.Value.GetRawText()),
        (TypeKind.Double, JsonValueKind.Number) => Floating(value!.Value.GetRawText()),
        (TypeKind.String, JsonValueKind.String) => value!.Value.GetString(),
        (TypeKind.Date, JsonValueKind.String) => Date(value!.Value.GetString()!),
        (TypeKind.Timestamp, JsonValueKind.String) => Instant(value!.Value.GetString()!),
        _ => null,
    };

    /// <summary>Compares two values of one kind. Strings compare by code points, as every Delta reader does.</summary>
    public static int Compare(object left, object right) =>
        left is string a && right is string b ? CompareText(a, b) : ((IComparable)left).CompareTo(right);

    private static int CompareText(string a, string b)
    {
        int i = a.AsSpan().CommonPrefixLength(b);
        if (i == a.Length || i == b.Length)
        {
            return a.Length - b.Length;
        }

        // Surrogates sort below U+E000..U+FFFF as UTF-16 units, and above as code points.
        return char.IsSurrogate(a[i]) == char.IsSurrogate(b[i])
            ? a[i].CompareTo(b[i])
            : char.IsSurrogate(a[i]) ? 1 : -1;
    }

    /// <summary>More digits than a decimal holds would be rounded, and a rounded bound may be too narrow.</summary>
    private static object? Number(string text) =>
        text.Length <= MaxExactDigits
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal n) ? n : null;

    private static object? Floating(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && !double.IsNaN(n) ? n
            : null;

    private static object? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", out DateOnly date) ? date : null;

    private static object? Instant(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;
}
