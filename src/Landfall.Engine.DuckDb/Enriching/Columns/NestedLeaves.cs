using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Landfall.Engine.Formats;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// Holds the values inside of arrays and structs to the spellings of <see cref="Spellings"/>, and to what their types
/// keep: the engine's conversion of JSON rounds numbers and takes times without offset for UTC.
/// </summary>
internal static partial class NestedLeaves
{
    private const int MicrosecondDigits = 6;

    /// <summary>The first rule that a value inside breaks; null for none, and for what the casts will refuse.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="type">An array or struct.</param>
    public static string? Rule(string text, DataType type)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Rule(document.RootElement, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Rule(JsonElement value, DataType type) => type.Kind switch
    {
        TypeKind.Array => value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(e => Rule(e, type.Element!)).FirstOrDefault(r => r is not null)
            : null,
        TypeKind.Struct => value.ValueKind == JsonValueKind.Object
            ? type.Fields.Select(f => value.TryGetProperty(f.Name, out JsonElement field) ? Rule(field, f.Type) : null)
                .FirstOrDefault(r => r is not null)
            : null,
        TypeKind.Int or TypeKind.BigInt => Of(value) is { } text ? OfNumber(text, 0) : null,
        TypeKind.Decimal => Of(value) is { } text ? OfNumber(text, type.Scale) : null,
        TypeKind.Double => Of(value) is { } text && !Number().IsMatch(text) ? Rules.Type : null,
        TypeKind.Date => Of(value) is { } text ? OfDate(text) : null,
        TypeKind.Timestamp => Of(value) is { } text ? OfTimestamp(text) : null,
        _ => null,
    };

    private static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString(),
        _ => null,
    };

    private static string? OfNumber(string text, int scale)
    {
        if (!Number().IsMatch(text))
        {
            return Rules.Type;
        }

        // What decimal cannot hold has no fraction that it could lose, or is too large for every type.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && decimal.Round(number, Math.Min(scale, 28)) != number ? Rules.Precision : null;
    }

    private static string? OfDate(string text) => !Date().IsMatch(text) ? Rules.Type
        : Midnight().IsMatch(text) ? null : Rules.Precision;

    private static string? OfTimestamp(string text) =>
        Timestamp().Match(text) is not { Success: true } match ? Rules.Type
        : match.Groups["fraction"].Value.TrimEnd('0').Length > MicrosecondDigits ? Rules.Precision
        : match.Groups["offset"].Success ? null : Rules.NoOffset;

    [GeneratedRegex("^(?:" + Spellings.Number + ")$")]
    private static partial Regex Number();

    [GeneratedRegex("^(?:" + Spellings.Date + ")$")]
    private static partial Regex Date();

    [GeneratedRegex("^(?:" + Spellings.Midnight + ")$")]
    private static partial Regex Midnight();

    [GeneratedRegex(@"^\s*" + Spellings.Day + @"([T ]\d{1,2}:\d{2}:\d{2}(\.(?<fraction>\d*))?\s*(?<offset>"
        + TimestampText.Offset + @")?)?\s*$")]
    private static partial Regex Timestamp();
}
