using Landfall.DuckDb;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Checking;

/// <summary>Whether a column of a file can hold values of a column of a table.</summary>
internal static class TypeFamily
{
    public static bool Holds(DataType wanted, DuckDbType found) => wanted.Kind switch
    {
        TypeKind.Boolean => found.Id == DuckDbTypeId.Boolean,
        TypeKind.Int => found.Id is DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer,
        TypeKind.BigInt => found.Id is DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer
            or DuckDbTypeId.BigInt,
        TypeKind.Double => found.Id is DuckDbTypeId.Float or DuckDbTypeId.Double or DuckDbTypeId.TinyInt
            or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer,
        TypeKind.Decimal => found.Id == DuckDbTypeId.Decimal
            ? found.Scale <= wanted.Scale && found.Width - found.Scale <= wanted.Precision - wanted.Scale
            : found.Id is DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer,
        TypeKind.String => found.Id == DuckDbTypeId.Varchar,
        TypeKind.Binary => found.Id is DuckDbTypeId.Blob or DuckDbTypeId.Varchar,
        TypeKind.Date => found.Id == DuckDbTypeId.Date,
        TypeKind.Timestamp => found.Id is DuckDbTypeId.Timestamp or DuckDbTypeId.TimestampTz
            or DuckDbTypeId.TimestampS or DuckDbTypeId.TimestampMs or DuckDbTypeId.TimestampNs or DuckDbTypeId.Date,
        TypeKind.Array => found.Id is DuckDbTypeId.List or DuckDbTypeId.Array
            && Holds(wanted.Element!, found.Element!),
        TypeKind.Struct => found.Id == DuckDbTypeId.Struct && wanted.Fields.All(f =>
            found.Fields.FirstOrDefault(c => c.Name == f.Name) is not { } column || Holds(f.Type, column.Type)),
        _ => true,
    };
}
