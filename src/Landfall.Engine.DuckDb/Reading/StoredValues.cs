using System.Globalization;
using Landfall.Delta.Schema;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>
/// Whether values of files and of the log are what the schema says: casts would turn others into something else.
/// </summary>
internal static class StoredValues
{
    /// <summary>Whether a file's column may hold a type: the same, or one that the protocol lets widen to it.</summary>
    /// <param name="type">The schema's type.</param>
    /// <param name="read">The type as DuckDB reads it, of all files together.</param>
    /// <param name="types">What fields are called in the files.</param>
    public static bool MayBe(StoredType type, DuckDbType read, StoredTypes types) => type.Kind switch
    {
        StoredKind.Void => true,
        StoredKind.Boolean => read.Id == DuckDbTypeId.Boolean,
        StoredKind.Byte or StoredKind.Short or StoredKind.Integer or StoredKind.Long =>
            Digits(read) is { } digits && read.Id != DuckDbTypeId.Decimal && digits <= Digits(type),
        StoredKind.Float => read.Id == DuckDbTypeId.Float,
        StoredKind.Double => read.Id is DuckDbTypeId.Float or DuckDbTypeId.Double or DuckDbTypeId.TinyInt
            or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer,
        StoredKind.Decimal => Digits(read) is { } digits && digits <= type.Precision - type.Scale
            && read.Scale <= type.Scale,
        StoredKind.String => read.Id is DuckDbTypeId.Varchar or DuckDbTypeId.Blob,
        StoredKind.Binary => read.Id == DuckDbTypeId.Blob,
        StoredKind.Date => read.Id == DuckDbTypeId.Date,
        StoredKind.Timestamp => IsInstant(read.Id),
        StoredKind.TimestampNtz => IsInstant(read.Id) || read.Id == DuckDbTypeId.Date,
        StoredKind.Array => read.Id == DuckDbTypeId.List && MayBe(type.Element!, read.Element!, types),
        StoredKind.Map => read.Id == DuckDbTypeId.Map && MayBe(type.Key!, read.Element!.Fields[0].Type, types)
            && MayBe(type.Element!, read.Element.Fields[1].Type, types),
        _ => read.Id == DuckDbTypeId.Struct && type.Fields.All(f => FieldMayBe(f, read, types)),
    };

    /// <summary>Whether a text of the log is a value of a partition column.</summary>
    public static bool IsValue(StoredType type, string text) => type.Kind switch
    {
        StoredKind.Boolean => text is "true" or "false",
        StoredKind.Byte => sbyte.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        StoredKind.Short => short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        StoredKind.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        StoredKind.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        StoredKind.Decimal => IsDecimal(type, text),
        _ => true,
    };

    private static bool FieldMayBe(StoredField field, DuckDbType read, StoredTypes types) =>
        types.NameOf(field) is not { } name
        || read.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase)) is not
            { Type: { } type }
        || MayBe(field.Type, type, types);

    private static bool IsInstant(DuckDbTypeId id) => id is DuckDbTypeId.TimestampTz or DuckDbTypeId.Timestamp
        or DuckDbTypeId.TimestampS or DuckDbTypeId.TimestampMs or DuckDbTypeId.TimestampNs;

    /// <summary>Decimal digits before the point; null for what is no exact number.</summary>
    private static int? Digits(DuckDbType read) => read.Id switch
    {
        DuckDbTypeId.TinyInt => 3,
        DuckDbTypeId.SmallInt => 5,
        DuckDbTypeId.Integer => 10,
        DuckDbTypeId.BigInt => 20,
        DuckDbTypeId.Decimal => read.Width - read.Scale,
        _ => null,
    };

    private static int Digits(StoredType type) => type.Kind switch
    {
        StoredKind.Byte => 3,
        StoredKind.Short => 5,
        StoredKind.Integer => 10,
        _ => 20,
    };

    private static bool IsDecimal(StoredType type, string text)
    {
        string digits = text.TrimStart('-', '+');
        string[] parts = digits.Split('.');
        return parts.Length <= 2 && digits.Length > 0 && parts.All(p => p.All(char.IsAsciiDigit))
            && parts[0].TrimStart('0').Length <= type.Precision - type.Scale
            && (parts.Length == 1 || parts[1].TrimEnd('0').Length <= type.Scale);
    }
}
