using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A column that several engines read; turns what each answers into one text.</summary>
public sealed record JudgedColumn(string Name, DataType Type)
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The select list that answers with exact texts, ordered by id.</summary>
    public static string SelectAll(IEnumerable<JudgedColumn> columns, JudgeDialect dialect) =>
        $"select {string.Join(", ", columns.Select(c => c.Expression(dialect) + " as " + c.Quoted(dialect)))} from t";

    /// <summary>Rows as <see cref="Known.Lines"/> has them.</summary>
    internal static string[] Lines(IReadOnlyList<JudgedColumn> columns, IEnumerable<JsonObject> rows) =>
    [
        .. rows.OrderBy(r => long.Parse((string)r["id"]!, CultureInfo.InvariantCulture))
            .Select(r => string.Join(" | ", columns.Select(c =>
                c.Name + "=" + c.CanonicalOf(r[c.Name])))),
    ];

    /// <summary>The name, quoted for a dialect.</summary>
    public string Quoted(JudgeDialect dialect) => dialect == JudgeDialect.Spark ? $"`{Name}`" : $"\"{Name}\"";

    /// <summary>The canonical text of a double: NaN is one, zeros are two.</summary>
    public static string TextOf(double value) =>
        double.IsNaN(value) ? "NaN" : BitConverter.DoubleToInt64Bits(value).ToString("x16");

    /// <summary>The canonical text of something nested: numbers as digits, fields that are null left out.</summary>
    public static string TextOf(JsonNode node)
    {
        switch (node)
        {
            case JsonObject fields:
                return "{" + string.Join(",", fields.Where(f => f.Value is not null)
                    .Select(f => f.Key + ":" + TextOf(f.Value!))) + "}";
            case JsonArray elements:
                return "[" + string.Join(",", elements.Select(e => e is null ? "null" : TextOf(e))) + "]";
            default:
                return node.ToJsonString(Relaxed);
        }
    }

    private string CanonicalOf(JsonNode? value) => (Type.Kind, value) switch
    {
        (_, null) => Cell.Nothing,
        (TypeKind.Array or TypeKind.Struct, JsonValue text) when text.GetValueKind() == JsonValueKind.String =>
            TextOf(JsonNode.Parse((string)text!)!),
        (TypeKind.Array or TypeKind.Struct, _) => TextOf(value),
        (TypeKind.Double, _) => TextOf(Number((string)value!)),
        (TypeKind.Decimal, _) => DuckDbText.WithLeadingZero((string)value!),
        _ => (string)value!,
    };

    private static double Number(string text) => text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private string Expression(JudgeDialect dialect)
    {
        string name = Quoted(dialect);
        string text = dialect == JudgeDialect.Spark ? "string" : "varchar";
        return (Type.Kind, dialect) switch
        {
            (TypeKind.String, _) => name,
            (TypeKind.Binary, JudgeDialect.DataFusion) => $"encode({name}, 'hex')",
            (TypeKind.Binary, _) => $"lower(hex({name}))",
            (TypeKind.Timestamp, JudgeDialect.DuckDb) => $"cast(epoch_us({name}) as varchar)",
            (TypeKind.Timestamp, JudgeDialect.Spark) => $"cast(unix_micros({name}) as string)",
            (TypeKind.Timestamp, _) => $"cast(cast({name} as bigint) as varchar)",
            (TypeKind.Array or TypeKind.Struct, JudgeDialect.DataFusion) => name,
            (TypeKind.Array or TypeKind.Struct, _) => $"cast(to_json({name}) as {text})",
            _ => $"cast({name} as {text})",
        };
    }
}
