using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta.Log;
using Landfall.Estate.Types;

namespace Landfall.Delta.Statistics;

/// <summary>
/// Turns what is known of a written file into Delta's statistics. A bound that cannot be said exactly enough is left
/// out: a missing one costs time, a wrong one loses rows.
/// </summary>
public static class StatisticsBuilder
{
    /// <summary>Leaf columns that get statistics, in the order of the schema.</summary>
    private const int IndexedColumns = 32;

    /// <summary>Text that Delta keeps of a string, in UTF-16 units.</summary>
    private const int PrefixLength = 32;

    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789.");

    private static readonly JsonSerializerOptions Compact =
        new() { Encoder = LogEncoder.Instance };

    /// <summary>The statistics of a file.</summary>
    /// <param name="rows">Rows in the file.</param>
    /// <param name="schema">The columns in the file, partition columns left out.</param>
    /// <param name="factsOf">
    /// Facts of a leaf column by its type and by the names that lead to it from the top; null where there are none.
    /// </param>
    public static FileStatistics Build(
        long rows, TableSchema schema, Func<IReadOnlyList<string>, DataType, ColumnFacts?> factsOf)
    {
        var parts = new Parts(factsOf);
        foreach (SchemaField field in schema.Fields)
        {
            Add(parts, field.Name, field.Type, [], parts.Min, parts.Max, parts.Nulls);
        }

        JsonObject statistics = new() { ["numRecords"] = rows };
        if (rows > 0)
        {
            statistics["minValues"] = parts.Min;
            statistics["maxValues"] = parts.Max;
            statistics["nullCount"] = parts.Nulls;
        }

        return FileStatistics.Of(statistics.ToJsonString(Compact))!;
    }

    private static void Add(
        Parts parts, string name, DataType type, IReadOnlyList<string> parents, JsonObject min, JsonObject max,
        JsonObject nulls)
    {
        if (type.Kind == TypeKind.Struct)
        {
            (JsonObject innerMin, JsonObject innerMax, JsonObject innerNulls) = ([], [], []);
            foreach (StructField field in type.Fields)
            {
                Add(parts, field.Name, field.Type, [.. parents, name], innerMin, innerMax, innerNulls);
            }

            Put(min, name, innerMin);
            Put(max, name, innerMax);
            Put(nulls, name, innerNulls);
            return;
        }

        // Nulls of a list are counted in its elements, which is not what Delta counts.
        if (parts.Leaves++ >= IndexedColumns || type.Kind == TypeKind.Array
            || parts.FactsOf([.. parents, name], type) is not { } facts)
        {
            return;
        }

        if (facts.NullCount is { } count)
        {
            nulls[name] = count;
        }

        if (facts.Min is not null && Bound(facts.Min, type, isMax: false) is { } low)
        {
            min[name] = low;
        }

        // Others sort NaN above every number; DuckDB leaves it out of its bounds.
        if (facts.Max is not null && !facts.HasNan && Bound(facts.Max, type, isMax: true) is { } high)
        {
            max[name] = high;
        }
    }

    private static void Put(JsonObject target, string name, JsonObject inner)
    {
        if (inner.Count > 0)
        {
            target[name] = inner;
        }
    }

    /// <summary>
    /// A bound as JSON; null where the type has none (boolean, binary) or the text is not exact enough.
    /// </summary>
    private static JsonNode? Bound(string text, DataType type, bool isMax) => type.Kind switch
    {
        TypeKind.Int or TypeKind.BigInt =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long n) ? n : null,
        TypeKind.Double => Double(text),
        TypeKind.Decimal => Decimal(text),
        TypeKind.String => isMax ? TruncateMax(text) : TruncateMin(text),
        TypeKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? text : null,
        TypeKind.Timestamp => Instant(text),
        _ => null,
    };

    private static JsonNode? Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double n) && double.IsFinite(n) ? n
            : null;

    /// <summary>Digits pass through as they are: a double would round them.</summary>
    private static JsonNode? Decimal(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart('-');
        bool exact = digits.Length > 0 && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[^1])
            && !digits.ContainsAnyExcept(DecimalCharacters) && digits.Count('.') <= 1
            && text.Length - digits.Length <= 1
            && (digits[0] != '0' || digits.Length == 1 || digits[1] == '.');
        return exact ? JsonNode.Parse(text) : null;
    }

    /// <summary>Cut, not rounded, to milliseconds: readers add one to the upper bound.</summary>
    private static JsonNode? Instant(string text) =>
        DateTimeOffset.TryParseExact(
            text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)
        ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : null;

    /// <summary>The first 32 UTF-16 units, or 31 rather than half a surrogate pair: a lower bound.</summary>
    internal static string TruncateMin(string text) =>
        text.Length <= PrefixLength ? text : text[..CutAt(text, PrefixLength)];

    /// <summary>
    /// A short text that sorts after every text with the same beginning: the prefix and a tie-breaker greater than the
    /// character it replaces. Null where up to 64 units none is.
    /// </summary>
    internal static string? TruncateMax(string text)
    {
        if (text.Length <= PrefixLength)
        {
            return text;
        }

        for (int cut = CutAt(text, PrefixLength); cut < Math.Min(text.Length, 2 * PrefixLength);)
        {
            if (!Rune.TryGetRuneAt(text, cut, out Rune next))
            {
                return null;
            }

            if (next.Value < '\u007F')
            {
                return text[..cut] + '\u007F';
            }

            if (next.Value < 0x10FFFF)
            {
                return text[..cut] + char.ConvertFromUtf32(0x10FFFF);
            }

            cut += next.Utf16SequenceLength;
        }

        return null;
    }

    private static int CutAt(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    private sealed class Parts(Func<IReadOnlyList<string>, DataType, ColumnFacts?> factsOf)
    {
        public Func<IReadOnlyList<string>, DataType, ColumnFacts?> FactsOf { get; } = factsOf;

        public JsonObject Min { get; } = [];

        public JsonObject Max { get; } = [];

        public JsonObject Nulls { get; } = [];

        public int Leaves { get; set; }
    }
}
