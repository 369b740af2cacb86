using Landfall.Estate.Types;

namespace Landfall.Serving.Schemas;

/// <summary>Types of contracts as PostgreSQL has them.</summary>
internal static class PostgresTypes
{
    /// <summary>The name for table definitions, for example <c>numeric(18,2)</c>.</summary>
    public static string Name(DataType type) => type.Kind switch
    {
        TypeKind.Boolean => "boolean",
        TypeKind.Int => "integer",
        TypeKind.BigInt => "bigint",
        TypeKind.Double => "double precision",
        TypeKind.Decimal => $"numeric({type.Precision},{type.Scale})",
        TypeKind.String => "text",
        TypeKind.Binary => "bytea",
        TypeKind.Date => "date",
        TypeKind.Timestamp => "timestamptz",
        TypeKind.Array or TypeKind.Struct => "jsonb",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "There is no such type."),
    };
}
