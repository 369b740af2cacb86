using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Landfall.Delta.Schema;

/// <summary>The columns of a table of any writer, also those that no contract type stands for. Immutable.</summary>
public sealed partial class StoredSchema
{
    private StoredSchema(ImmutableArray<StoredField> fields, ColumnMapping mapping)
    {
        Fields = fields;
        Mapping = mapping;
    }

    /// <summary>The columns in order.</summary>
    public ImmutableArray<StoredField> Fields { get; }

    /// <summary>How columns are found in files.</summary>
    public ColumnMapping Mapping { get; }

    /// <summary>Reads the schema of a version.</summary>
    /// <exception cref="CorruptTableException">It is no schema.</exception>
    /// <exception cref="UnsupportedTableException">A column has a type that is not known.</exception>
    public static StoredSchema Of(Snapshot snapshot)
    {
        ColumnMapping mapping = snapshot.Protocol.MappingOf(snapshot.Metadata);
        try
        {
            using JsonDocument document = JsonDocument.Parse(snapshot.Metadata.SchemaText);
            return new(FieldsOf(document.RootElement, mapping), mapping);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new CorruptTableException(Log.LogFiles.Folder, "the schema of the table is damaged", e);
        }
    }

    private static ImmutableArray<StoredField> FieldsOf(JsonElement type, ColumnMapping mapping) =>
        [.. type.GetProperty("fields"u8).EnumerateArray().Select(f => FieldOf(f, mapping))];

    private static StoredField FieldOf(JsonElement field, ColumnMapping mapping)
    {
        string name = field.GetProperty("name"u8).GetString()!;
        string physical = name;
        int? id = null;
        if (mapping != ColumnMapping.None)
        {
            JsonElement metadata = field.GetProperty("metadata"u8);
            physical = metadata.GetProperty("delta.columnMapping.physicalName"u8).GetString()!;
            id = metadata.TryGetProperty("delta.columnMapping.id"u8, out JsonElement number)
                ? number.GetInt32() : null;
        }

        bool nullable = !field.TryGetProperty("nullable"u8, out JsonElement flag) || flag.GetBoolean();
        return new(name, TypeOf(field.GetProperty("type"u8), name, mapping), nullable, physical, id);
    }

    private static StoredType TypeOf(JsonElement type, string column, ColumnMapping mapping)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            return Simple(type.GetString()!, column);
        }

        string kind = type.GetProperty("type"u8).GetString()!;
        return kind switch
        {
            "array" => new(StoredKind.Array) { Element = TypeOf(type.GetProperty("elementType"u8), column, mapping) },
            "map" => new(StoredKind.Map)
            {
                Key = TypeOf(type.GetProperty("keyType"u8), column, mapping),
                Element = TypeOf(type.GetProperty("valueType"u8), column, mapping),
            },
            "struct" => new(StoredKind.Struct) { Fields = FieldsOf(type, mapping) },
            _ => throw UnsupportedTableException.ToRead($"{kind} (column {column})"),
        };
    }

    private static StoredType Simple(string name, string column) => name switch
    {
        "boolean" => new(StoredKind.Boolean),
        "byte" or "tinyint" => new(StoredKind.Byte),
        "short" or "smallint" => new(StoredKind.Short),
        "integer" or "int" => new(StoredKind.Integer),
        "long" or "bigint" => new(StoredKind.Long),
        "float" => new(StoredKind.Float),
        "double" => new(StoredKind.Double),
        "string" => new(StoredKind.String),
        "binary" => new(StoredKind.Binary),
        "date" => new(StoredKind.Date),
        "timestamp" => new(StoredKind.Timestamp),
        "timestamp_ntz" => new(StoredKind.TimestampNtz),
        "void" or "null" => new(StoredKind.Void),
        "decimal" => new(StoredKind.Decimal) { Precision = 10 },
        _ when Text().IsMatch(name) => new(StoredKind.String),
        _ => DecimalOf(name) ?? throw UnsupportedTableException.ToRead($"{name} (column {column})"),
    };

    private static StoredType? DecimalOf(string name) => Decimal().Match(name) is { Success: true } match
        && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= 38 and var precision
        && int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) is var scale && scale <= precision
        ? new(StoredKind.Decimal) { Precision = precision, Scale = scale }
        : null;

    [GeneratedRegex(@"^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$", RegexOptions.None, 1000)]
    private static partial Regex Decimal();

    /// <summary>Text of bounded length is text; collations order it, which reading does not.</summary>
    [GeneratedRegex(@"^((var)?char\(\d+\)|string collate \w+)$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Text();
}
