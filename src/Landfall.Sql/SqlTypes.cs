using Landfall.Estate.Types;

namespace Landfall.Sql;

/// <summary>Contract types as the engines spell them.</summary>
public static class SqlTypes
{
    /// <summary>The type's name in a dialect, for casts and table definitions.</summary>
    public static string Name(DataType type, SqlDialect dialect) =>
        dialect == SqlDialect.Spark ? SparkName(type) : DuckDbName(type);

    private static string DuckDbName(DataType type) => type.Kind switch
    {
        TypeKind.Int => "INTEGER",
        TypeKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        TypeKind.String => "VARCHAR",
        TypeKind.Binary => "BLOB",
        TypeKind.Timestamp => "TIMESTAMPTZ",
        TypeKind.Array => DuckDbName(type.Element!) + "[]",
        TypeKind.Struct =>
            $"STRUCT({string.Join(", ", type.Fields.Select(f => $"{SqlName.DuckDb(f.Name)} {DuckDbName(f.Type)}"))})",
        _ => type.Kind.ToString().ToUpperInvariant(),
    };

    private static string SparkName(DataType type) => type.Kind switch
    {
        TypeKind.Array => $"array<{SparkName(type.Element!)}>",
        TypeKind.Struct =>
            $"struct<{string.Join(", ", type.Fields.Select(f => $"{SqlName.Spark(f.Name)}: {SparkName(f.Type)}"))}>",
        _ => type.ToString(),
    };
}
