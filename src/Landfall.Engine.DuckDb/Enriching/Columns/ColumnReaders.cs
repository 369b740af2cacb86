using Landfall.DuckDb;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>Makes the reader of a contract's column.</summary>
internal static class ColumnReaders
{
    /// <summary>A reader whose casts run on a connection.</summary>
    public static ColumnReader Of(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection) =>
        column.Type.Kind switch
        {
            TypeKind.String => new TextColumn(column, index),
            TypeKind.Boolean => new BooleanColumn(column, index, rules, connection),
            TypeKind.Int => new IntColumn(column, index, rules, connection),
            TypeKind.BigInt => new BigIntColumn(column, index, rules, connection),
            TypeKind.Double => new DoubleColumn(column, index, rules, connection),
            TypeKind.Decimal => new DecimalColumn(column, index, rules, connection),
            TypeKind.Date => new DateColumn(column, index, rules, connection),
            TypeKind.Timestamp => new TimestampColumn(column, index, rules, connection),
            TypeKind.Binary => new BinaryColumn(column, index, rules, connection),
            _ => new NestedColumn(column, index, rules, connection),
        };
}
