using System.Buffers;
using System.Text;
using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>Writes one column of a chunk, or the elements or a field of a nested one.</summary>
/// <remarks>Take it anew for each chunk and after each <see cref="Reserve"/>.</remarks>
public readonly unsafe ref struct VectorWriter
{
    private readonly IntPtr _vector;
    private readonly byte* _data;

    internal VectorWriter(IntPtr vector, DuckDbType type, int capacity)
    {
        _vector = vector;
        _data = (byte*)NativeMethods.VectorData(vector);
        Type = type;
        Capacity = capacity;
    }

    /// <summary>The column's type.</summary>
    public DuckDbType Type { get; }

    /// <summary>Rows that fit.</summary>
    public int Capacity { get; }

    /// <summary>
    /// All values as they lie in memory; sizes as <see cref="VectorView.Values{T}"/> has them. Writing here leaves the
    /// row's NULL mark as it is: none in a new chunk.
    /// </summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: the type is stored in another size or is nested.</exception>
    public Span<T> Values<T>()
        where T : unmanaged
        => VectorLayout.Size(Type) == sizeof(T) ? new(_data, Capacity) : throw Mismatch(typeof(T).Name);

    /// <summary>Marks the row NULL; in a STRUCT its fields too, as DuckDB wants it.</summary>
    public void SetNull(int row)
    {
        Check(row);
        NativeMethods.EnsureValidityWritable(_vector);
        NativeMethods.VectorValidity(_vector)[row >> 6] &= ~(1UL << (row & 63));
        for (int field = 0; field < Type.Fields.Length; field++)
        {
            Field(field).SetNull(row);
        }
    }

    /// <summary>Writes a BOOLEAN.</summary>
    public void Set(int row, bool value) => Write(row, (byte)(value ? 1 : 0), DuckDbTypeId.Boolean);

    /// <summary>Writes an INTEGER.</summary>
    public void Set(int row, int value) => Write(row, value, DuckDbTypeId.Integer);

    /// <summary>Writes a BIGINT.</summary>
    public void Set(int row, long value) => Write(row, value, DuckDbTypeId.BigInt);

    /// <summary>Writes a DOUBLE.</summary>
    public void Set(int row, double value) => Write(row, value, DuckDbTypeId.Double);

    /// <summary>Writes a DATE.</summary>
    public void Set(int row, DateOnly value) => Write(row, Instants.Days(value), DuckDbTypeId.Date);

    /// <summary>Writes a TIMESTAMPTZ, rounded down to the microsecond.</summary>
    public void Set(int row, DateTimeOffset value) => Write(row, Instants.Micros(value), DuckDbTypeId.TimestampTz);

    /// <summary>Writes a DECIMAL; digits beyond the column's scale must be zero.</summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: it does not fit the column's width and scale.</exception>
    public void Set(int row, decimal value)
    {
        Int128 unscaled = DecimalText.Unscaled(value);
        int scale = value.Scale;
        for (; scale < Type.Scale; scale++)
        {
            unscaled = checked(unscaled * 10);
        }

        for (; scale > Type.Scale && unscaled % 10 == 0; scale--)
        {
            unscaled /= 10;
        }

        SetUnscaled(row, scale == Type.Scale ? unscaled : throw TooLong());
    }

    /// <summary>Writes a DECIMAL without its point: 1230 of scale 2 is 12.30.</summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: it has more digits than the column's width.</exception>
    public void SetUnscaled(int row, Int128 unscaled)
    {
        Check(row);
        if (Type.Id != DuckDbTypeId.Decimal)
        {
            throw Mismatch("decimal");
        }

        if (Int128.Abs(unscaled) >= DecimalText.PowerOfTen(Type.Width))
        {
            throw TooLong();
        }

        switch (VectorLayout.Size(Type))
        {
            case 2: ((short*)_data)[row] = (short)unscaled; break;
            case 4: ((int*)_data)[row] = (int)unscaled; break;
            case 8: ((long*)_data)[row] = (long)unscaled; break;
            default: ((Int128*)_data)[row] = unscaled; break;
        }
    }

    /// <summary>Writes a VARCHAR; DuckDB copies the text.</summary>
    public void Set(int row, string value)
    {
        int length = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Set(row, buffer.AsSpan(0, Encoding.UTF8.GetBytes(value, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a VARCHAR's UTF-8, which must be valid, or a BLOB; DuckDB copies the bytes.</summary>
    public void Set(int row, ReadOnlySpan<byte> value)
    {
        Check(row);
        if (Type.Id is not (DuckDbTypeId.Varchar or DuckDbTypeId.Blob))
        {
            throw Mismatch("bytes");
        }

        if (value.Length <= NativeString.InlineLength)
        {
            // Short text stands in place, zeros behind it: DuckDB compares all 16 bytes.
            NativeString* place = (NativeString*)_data + row;
            *place = default;
            place->Length = (uint)value.Length;
            value.CopyTo(new(&place->First, NativeString.InlineLength));
            return;
        }

        fixed (byte* bytes = value)
        {
            NativeMethods.AssignString(_vector, (ulong)row, bytes, (ulong)value.Length);
        }
    }

    /// <summary>Says where a LIST's or MAP's elements lie among <see cref="Reserve"/>'s.</summary>
    public void Set(int row, ListEntry entry)
    {
        Check(row);
        ((ListEntry*)_data)[row] = Type.Id is DuckDbTypeId.List or DuckDbTypeId.Map ? entry : throw Mismatch("a list");
    }

    /// <summary>Makes room for the elements of all rows of a LIST or MAP together and returns their writer.</summary>
    /// <param name="elements">How many there are in all; what was written before stays.</param>
    public VectorWriter Reserve(int elements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elements);
        if (Type.Id is not (DuckDbTypeId.List or DuckDbTypeId.Map))
        {
            throw Mismatch("a list");
        }

        _ = NativeMethods.ListReserve(_vector, (ulong)elements);
        _ = NativeMethods.ListSetSize(_vector, (ulong)elements);
        return new(NativeMethods.ListChild(_vector), Type.Element!, elements);
    }

    /// <summary>Writes a field of a STRUCT, from 0.</summary>
    public VectorWriter Field(int field) => Type.Id == DuckDbTypeId.Struct
        ? new(NativeMethods.StructChild(_vector, (ulong)field), Type.Fields[field].Type, Capacity)
        : throw Mismatch("a struct");

    private void Write<T>(int row, T value, DuckDbTypeId id)
        where T : unmanaged
    {
        Check(row);
        ((T*)_data)[row] = Type.Id == id ? value : throw Mismatch(typeof(T).Name);
    }

    private void Check(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Capacity);
    }

    private LandfallException Mismatch(string given) => new(
        DuckDbCodes.Value,
        $"A column of type {Type} is written as {given}, which it is not stored as. The row was not added.");

    private LandfallException TooLong() => new(
        DuckDbCodes.Value, $"A decimal does not fit a column of type {Type}. The row was not added.");
}
