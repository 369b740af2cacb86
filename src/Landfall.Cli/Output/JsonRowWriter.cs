using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Landfall.Cli.Output;

/// <summary>
/// One JSON object a line, keys in the order of the columns. Writes as rows come. Decimals keep their digits; numbers
/// that JSON does not have are texts.
/// </summary>
internal sealed class JsonRowWriter(TextWriter output, IReadOnlyList<OutputColumn> columns) : IRowWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<char> Number = SearchValues.Create("-.0123456789");

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public void Write(IReadOnlyList<object?> row)
    {
        _buffer.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_buffer, Plain))
        {
            json.WriteStartObject();
            for (int i = 0; i < columns.Count; i++)
            {
                json.WritePropertyName(columns[i].Name);
                if (columns[i].IsNumber && row[i] is string { Length: > 0 } digits
                    && digits.AsSpan().IndexOfAnyExcept(Number) < 0)
                {
                    // A decimal of more digits than decimal holds.
                    json.WriteRawValue(digits);
                }
                else
                {
                    Value(json, row[i]);
                }
            }

            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(_buffer.WrittenSpan));
    }

    public void End() => output.Flush();

    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case JsonNode node: node.WriteTo(json); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal or sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case string or byte[]: json.WriteStringValue(CellText.Of(value)); break;
            case IDictionary map: Object(json, map); break;
            case IEnumerable list: Array(json, list); break;
            default: json.WriteStringValue(CellText.Of(value)); break;
        }
    }

    private static void Object(Utf8JsonWriter json, IDictionary map)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName(CellText.Of(entry.Key));
            Value(json, entry.Value);
        }

        json.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter json, IEnumerable list)
    {
        json.WriteStartArray();
        foreach (object? item in list)
        {
            Value(json, item);
        }

        json.WriteEndArray();
    }
}
