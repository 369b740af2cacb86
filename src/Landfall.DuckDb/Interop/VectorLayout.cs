namespace Landfall.DuckDb.Interop;

/// <summary>How many bytes DuckDB stores a value in.</summary>
internal static class VectorLayout
{
    /// <summary>The size; 0 where values are not of a fixed size of their own.</summary>
    public static int Size(DuckDbType type) => type.Id switch
    {
        DuckDbTypeId.Boolean or DuckDbTypeId.TinyInt or DuckDbTypeId.UTinyInt => 1,
        DuckDbTypeId.SmallInt or DuckDbTypeId.USmallInt => 2,
        DuckDbTypeId.Integer or DuckDbTypeId.UInteger or DuckDbTypeId.Float or DuckDbTypeId.Date => 4,
        DuckDbTypeId.BigInt or DuckDbTypeId.UBigInt or DuckDbTypeId.Double or DuckDbTypeId.Time or DuckDbTypeId.TimeNs
            or DuckDbTypeId.Timestamp or DuckDbTypeId.TimestampTz or DuckDbTypeId.TimestampS or DuckDbTypeId.TimestampMs
            or DuckDbTypeId.TimestampNs or DuckDbTypeId.TimeTz => 8,
        DuckDbTypeId.HugeInt or DuckDbTypeId.UHugeInt or DuckDbTypeId.Uuid or DuckDbTypeId.Interval => 16,
        DuckDbTypeId.Decimal => type.Width switch { <= 4 => 2, <= 9 => 4, <= 18 => 8, _ => 16 },
        DuckDbTypeId.Enum => type.Labels.Length switch { <= byte.MaxValue => 1, <= ushort.MaxValue => 2, _ => 4 },
        _ => 0,
    };
}
