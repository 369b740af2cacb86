using System.Collections.Immutable;

namespace Landfall.DuckDb.Interop;

/// <summary>Copies a native logical type into ours, once a column.</summary>
internal static unsafe class TypeReader
{
    /// <summary>Reads the type and destroys the native one.</summary>
    public static DuckDbType Take(LogicalTypeHandle native)
    {
        using (native)
        {
            var id = (DuckDbTypeId)NativeMethods.TypeId(native);
            var type = new DuckDbType { Id = id, Alias = NativeText.Take(NativeMethods.TypeAlias(native)) };
            return id switch
            {
                DuckDbTypeId.Decimal => type with
                {
                    Width = NativeMethods.DecimalWidth(native),
                    Scale = NativeMethods.DecimalScale(native),
                },
                DuckDbTypeId.Enum => type with { Labels = Labels(native) },
                DuckDbTypeId.List => type with { Element = Take(NativeMethods.ListElement(native)) },
                DuckDbTypeId.Array => type with
                {
                    Element = Take(NativeMethods.ArrayElement(native)),
                    ArraySize = checked((int)NativeMethods.ArraySize(native)),
                },
                DuckDbTypeId.Map => type with { Element = Entry(native) },
                DuckDbTypeId.Struct => type with { Fields = Fields(native) },
                _ => type,
            };
        }
    }

    private static DuckDbType Entry(LogicalTypeHandle map) => new()
    {
        Id = DuckDbTypeId.Struct,
        Fields =
        [
            new("key", Take(NativeMethods.MapKey(map))),
            new("value", Take(NativeMethods.MapValue(map))),
        ],
    };

    private static ImmutableArray<DuckDbColumn> Fields(LogicalTypeHandle native)
    {
        var fields = new DuckDbColumn[NativeMethods.StructFieldCount(native)];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = new(
                NativeText.Take(NativeMethods.StructFieldName(native, (ulong)i)) ?? "",
                Take(NativeMethods.StructFieldType(native, (ulong)i)));
        }

        return [.. fields];
    }

    private static ImmutableArray<string> Labels(LogicalTypeHandle native)
    {
        var labels = new string[NativeMethods.EnumSize(native)];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = NativeText.Take(NativeMethods.EnumLabel(native, (ulong)i)) ?? "";
        }

        return [.. labels];
    }
}
