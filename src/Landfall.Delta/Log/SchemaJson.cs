using System.Buffers;
using System.Text;
using System.Text.Json;
using Landfall.Estate.Types;

namespace Landfall.Delta.Log;

/// <summary>Delta's JSON of a schema.</summary>
internal static class SchemaJson
{
    public static TableSchema Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new([.. document.RootElement.GetProperty("fields"u8).EnumerateArray().Select(ReadField)]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CorruptTableException(LogFiles.Folder, "the schema of the table is damaged", e);
        }
    }

    public static string Write(TableSchema schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = LogEncoder.Instance }))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "struct"u8);
            writer.WriteStartArray("fields"u8);
            foreach (SchemaField field in schema.Fields)
            {
                WriteField(writer, field.Name, field.Type, field.Nullable, field.Metadata);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static SchemaField ReadField(JsonElement field)
    {
        string name = field.GetProperty("name"u8).GetString()!;
        return new(
            name,
            ReadType(field.GetProperty("type"u8), name),
            field.GetProperty("nullable"u8).GetBoolean(),
            field.TryGetProperty("metadata"u8, out JsonElement metadata) ? metadata.GetRawText() : "{}");
    }

    private static DataType ReadType(JsonElement type, string column)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            return ReadSimple(type.GetString()!, column);
        }

        string kind = type.GetProperty("type"u8).GetString()!;
        return kind switch
        {
            "array" => DataType.Array(ReadType(type.GetProperty("elementType"u8), column)),
            "struct" => DataType.Struct([.. type.GetProperty("fields"u8).EnumerateArray().Select(ReadField)
                .Select(f => new StructField(f.Name, f.Type, f.Nullable))]),
            _ => throw UnsupportedTableException.ToRead($"{kind} (column {column})"),
        };
    }

    /// <summary>Types narrower than ours are read as the next wider one.</summary>
    private static DataType ReadSimple(string name, string column) => name switch
    {
        "boolean" => DataType.Boolean,
        "byte" or "short" or "integer" => DataType.Int,
        "long" => DataType.BigInt,
        "float" or "double" => DataType.Double,
        "string" => DataType.String,
        "binary" => DataType.Binary,
        "date" => DataType.Date,
        "timestamp" => DataType.Timestamp,
        "decimal" => DataType.Decimal(10, 0),
        _ when name.StartsWith("decimal", StringComparison.Ordinal)
            && DataType.TryParse(name, out DataType type) => type,
        _ => throw UnsupportedTableException.ToRead($"{name} (column {column})"),
    };

    private static void WriteField(Utf8JsonWriter writer, string name, DataType type, bool nullable, string metadata)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WritePropertyName("type"u8);
        WriteType(writer, type);
        writer.WriteBoolean("nullable"u8, nullable);
        writer.WritePropertyName("metadata"u8);
        writer.WriteRawValue(metadata);
        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, DataType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Array:
                writer.WriteStartObject();
                writer.WriteString("type"u8, "array"u8);
                writer.WritePropertyName("elementType"u8);
                WriteType(writer, type.Element!);
                writer.WriteBoolean("containsNull"u8, true);
                writer.WriteEndObject();
                break;
            case TypeKind.Struct:
                writer.WriteStartObject();
                writer.WriteString("type"u8, "struct"u8);
                writer.WriteStartArray("fields"u8);
                foreach (StructField field in type.Fields)
                {
                    WriteField(writer, field.Name, field.Type, field.Nullable, "{}");
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(type.Kind switch
                {
                    TypeKind.Int => "integer",
                    TypeKind.BigInt => "long",
                    _ => type.ToString(),
                });
                break;
        }
    }
}
