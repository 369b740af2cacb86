using System.Buffers.Binary;

namespace Landfall.DuckDb.Interop;

/// <summary>Boxes single values, for cold code.</summary>
internal static class VectorValues
{
    public static object? Box(VectorView vector, int row) => vector.Type.Id switch
    {
        DuckDbTypeId.Boolean => vector.At<byte>(row) != 0,
        DuckDbTypeId.TinyInt => vector.At<sbyte>(row),
        DuckDbTypeId.SmallInt => vector.At<short>(row),
        DuckDbTypeId.Integer => vector.At<int>(row),
        DuckDbTypeId.BigInt => vector.At<long>(row),
        DuckDbTypeId.UTinyInt => vector.At<byte>(row),
        DuckDbTypeId.USmallInt => vector.At<ushort>(row),
        DuckDbTypeId.UInteger => vector.At<uint>(row),
        DuckDbTypeId.UBigInt => vector.At<ulong>(row),
        DuckDbTypeId.HugeInt => vector.At<Int128>(row),
        DuckDbTypeId.UHugeInt => vector.At<UInt128>(row),
        DuckDbTypeId.Float => vector.At<float>(row),
        DuckDbTypeId.Double => vector.At<double>(row),
        DuckDbTypeId.Decimal => DecimalText.Boxed(vector.Unscaled(row), vector.Type.Scale),
        DuckDbTypeId.Varchar => vector.Text(row),
        DuckDbTypeId.Blob => vector.Bytes(row).ToArray(),
        DuckDbTypeId.Uuid => Uuid(vector.At<UInt128>(row)),
        DuckDbTypeId.Enum => Label(vector, row),
        DuckDbTypeId.List or DuckDbTypeId.Array => List(vector, row),
        DuckDbTypeId.Struct => Struct(vector, row),
        DuckDbTypeId.Map => Map(vector, row),
        DuckDbTypeId.SqlNull => null,
        _ => Time(vector, row),
    };

    private static object Time(VectorView vector, int row) => vector.Type.Id switch
    {
        DuckDbTypeId.Date => Instants.Date(vector.At<int>(row)),
        DuckDbTypeId.Time => Instants.Time(vector.At<long>(row)),
        DuckDbTypeId.TimestampTz => Instants.Instant(vector.At<long>(row)),
        DuckDbTypeId.Timestamp => Instants.Local(vector.At<long>(row), TimeSpan.TicksPerMicrosecond),
        DuckDbTypeId.TimestampMs => Instants.Local(vector.At<long>(row), TimeSpan.TicksPerMillisecond),
        DuckDbTypeId.TimestampS => Instants.Local(vector.At<long>(row), TimeSpan.TicksPerSecond),
        DuckDbTypeId.TimestampNs => Instants.LocalFromNanos(vector.At<long>(row)),
        DuckDbTypeId.Interval => vector.At<DuckDbInterval>(row),
        _ => throw vector.Mismatch("a .NET value"),
    };

    /// <summary>DuckDB flips the highest bit so that UUIDs sort as signed integers.</summary>
    private static Guid Uuid(UInt128 stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, stored ^ (UInt128.One << 127));
        return new(bytes, bigEndian: true);
    }

    private static string Label(VectorView vector, int row) => vector.Type.Labels[VectorLayout.Size(vector.Type) switch
    {
        1 => vector.At<byte>(row),
        2 => vector.At<ushort>(row),
        _ => checked((int)vector.At<uint>(row)),
    }];

    private static object?[] List(VectorView vector, int row)
    {
        ListEntry entry = vector.Entry(row);
        VectorView elements = vector.Elements;
        var values = new object?[entry.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = elements.Value(entry.Offset + i);
        }

        return values;
    }

    private static Dictionary<string, object?> Struct(VectorView vector, int row)
    {
        var values = new Dictionary<string, object?>(vector.Type.Fields.Length);
        for (int i = 0; i < vector.Type.Fields.Length; i++)
        {
            values[vector.Type.Fields[i].Name] = vector.Field(i).Value(row);
        }

        return values;
    }

    private static Dictionary<object, object?> Map(VectorView vector, int row)
    {
        ListEntry entry = vector.Entry(row);
        VectorView keys = vector.Elements.Field(0);
        VectorView values = vector.Elements.Field(1);
        var map = new Dictionary<object, object?>(entry.Length);
        for (int i = entry.Offset; i < entry.Offset + entry.Length; i++)
        {
            map[keys.Value(i)!] = values.Value(i);
        }

        return map;
    }
}
