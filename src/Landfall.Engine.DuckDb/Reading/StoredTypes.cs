using Landfall.Delta.Schema;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>
/// Types of Delta tables in DuckDB, and how a stored value becomes what the schema says: the type, and the names of
/// fields inside structs.
/// </summary>
/// <param name="storedName">What a field is called in the files that are read; null where they do not have it.</param>
internal sealed class StoredTypes(Func<StoredField, string?> storedName)
{
    private int _variables;

    /// <summary>What a column is called in the files; null where they do not have it.</summary>
    public string? NameOf(StoredField field) => field.Type.Kind == StoredKind.Void ? null : storedName(field);

    /// <summary>The type with the names that the schema gives.</summary>
    public static string Shown(StoredType type) => Name(type, f => f.Name, keepVoid: true);

    /// <summary>The type with the names that the files have, without what is in no file.</summary>
    public string Stored(StoredType type) => Name(type, NameOf, keepVoid: false);

    /// <summary>An expression of the shown type, of one of the stored type.</summary>
    /// <param name="expression">The stored value.</param>
    /// <param name="type">The schema's type.</param>
    /// <param name="isBytes">Whether the files have text without saying that it is text.</param>
    public string Show(string expression, StoredType type, bool isBytes)
    {
        if (isBytes && type.Kind == StoredKind.String)
        {
            return $"decode({expression})";
        }

        string stored = $"cast({expression} as {Stored(type)})";
        return IsRenamed(type) ? Rename(stored, type) : stored;
    }

    private static string Name(StoredType type, Func<StoredField, string?> nameOf, bool keepVoid) => type.Kind switch
    {
        StoredKind.Boolean => "BOOLEAN",
        StoredKind.Byte => "TINYINT",
        StoredKind.Short => "SMALLINT",
        StoredKind.Integer => "INTEGER",
        StoredKind.Long => "BIGINT",
        StoredKind.Float => "FLOAT",
        StoredKind.Double => "DOUBLE",
        StoredKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        StoredKind.String => "VARCHAR",
        StoredKind.Binary => "BLOB",
        StoredKind.Date => "DATE",
        StoredKind.Timestamp => "TIMESTAMPTZ",
        StoredKind.TimestampNtz => "TIMESTAMP",
        StoredKind.Array => Name(type.Element!, nameOf, keepVoid) + "[]",
        StoredKind.Map => $"MAP({Name(type.Key!, nameOf, keepVoid)}, {Name(type.Element!, nameOf, keepVoid)})",
        StoredKind.Struct => "STRUCT(" + string.Join(", ", type.Fields
            .Select(f => (Name: nameOf(f), f.Type)).Where(f => f.Name is not null)
            .Where(f => keepVoid || f.Type.Kind != StoredKind.Void)
            .Select(f => $"{SqlName.DuckDb(f.Name!)} {Name(f.Type, nameOf, keepVoid)}")) + ")",
        _ => "INTEGER",
    };

    private bool IsRenamed(StoredType type) => type.Kind switch
    {
        StoredKind.Array => IsRenamed(type.Element!),
        StoredKind.Map => IsRenamed(type.Key!) || IsRenamed(type.Element!),
        StoredKind.Struct => type.Fields.Any(f => NameOf(f) != f.Name || IsRenamed(f.Type)),
        _ => false,
    };

    private string Rename(string expression, StoredType type)
    {
        if (!IsRenamed(type))
        {
            return expression;
        }

        string each = $"v{++_variables}";
        return type.Kind switch
        {
            StoredKind.Array => $"list_transform({expression}, lambda {each}: {Rename(each, type.Element!)})",
            StoredKind.Map => $"map_from_entries(list_transform(map_entries({expression}), lambda {each}: "
                + $"{{'key': {Rename(each + ".key", type.Key!)}, 'value': {Rename(each + ".value", type.Element!)}}}))",
            _ => $"list_transform([{expression}], lambda {each}: case when {each} is null then null else struct_pack("
                + string.Join(", ", type.Fields.Select(f => $"{SqlName.DuckDb(f.Name)} := {Field(each, f)}"))
                + ") end)[1]",
        };
    }

    private string Field(string source, StoredField field) => NameOf(field) is { } name
        ? Rename($"{source}.{SqlName.DuckDb(name)}", field.Type)
        : $"cast(null as {Shown(field.Type)})";
}
