using System.Runtime.CompilerServices;
using System.Text;
using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>A read-only view of one column of a chunk, or of the elements or a field of a nested one.</summary>
/// <remarks>Values of rows that are NULL are undefined: ask <see cref="IsValid"/> first.</remarks>
public readonly unsafe ref struct VectorView
{
    private readonly IntPtr _vector;
    private readonly byte* _data;
    private readonly ulong* _validity;

    internal VectorView(IntPtr vector, DuckDbType type, int count)
    {
        _vector = vector;
        _data = (byte*)NativeMethods.VectorData(vector);
        _validity = NativeMethods.VectorValidity(vector);
        Type = type;
        Count = count;
    }

    /// <summary>The column's type.</summary>
    public DuckDbType Type { get; }

    /// <summary>Rows in this vector.</summary>
    public int Count { get; }

    /// <summary>One bit a row, lowest first, 1 for a value; empty where no row is NULL.</summary>
    public ReadOnlySpan<ulong> Validity => _validity is null ? [] : new(_validity, (Count + 63) / 64);

    /// <summary>The elements of a LIST, ARRAY or MAP, of all rows together.</summary>
    public VectorView Elements => Type.Id switch
    {
        DuckDbTypeId.List or DuckDbTypeId.Map =>
            new(NativeMethods.ListChild(_vector), Type.Element!, checked((int)NativeMethods.ListSize(_vector))),
        DuckDbTypeId.Array => new(NativeMethods.ArrayChild(_vector), Type.Element!, Count * Type.ArraySize),
        _ => throw Mismatch("nested elements"),
    };

    /// <summary>Whether the row has a value.</summary>
    public bool IsValid(int row)
    {
        Check(row);
        return _validity is null || (_validity[row >> 6] & (1UL << (row & 63))) != 0;
    }

    /// <summary>
    /// All values as they lie in memory. <typeparamref name="T"/> has the size DuckDB stores the type in: byte or bool,
    /// short, int, long, Int128, float, double; for DATE int days, for TIMESTAMPTZ long microseconds.
    /// </summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: the type is stored in another size or is nested.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
        => VectorLayout.Size(Type) == sizeof(T) ? new(_data, Count) : throw Mismatch(typeof(T).Name);

    /// <summary>The UTF-8 bytes of a VARCHAR or the bytes of a BLOB; valid as long as the chunk.</summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: the column is of another type.</exception>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        Check(row);
        if (Type.Id is not (DuckDbTypeId.Varchar or DuckDbTypeId.Blob))
        {
            throw Mismatch("bytes");
        }

        NativeString* text = (NativeString*)_data + row;
        byte* first = text->Length <= NativeString.InlineLength ? &text->First : text->Address;
        return new(first, checked((int)text->Length));
    }

    /// <summary>A VARCHAR's text.</summary>
    public string Text(int row) => Encoding.UTF8.GetString(Bytes(row));

    /// <summary>A DECIMAL without its point: 12.30 of scale 2 is 1230.</summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: the column is of another type.</exception>
    public Int128 Unscaled(int row)
    {
        Check(row);
        return (Type.Id, VectorLayout.Size(Type)) switch
        {
            (DuckDbTypeId.Decimal, 2) => ((short*)_data)[row],
            (DuckDbTypeId.Decimal, 4) => ((int*)_data)[row],
            (DuckDbTypeId.Decimal, 8) => ((long*)_data)[row],
            (DuckDbTypeId.Decimal, 16) => Unsafe.ReadUnaligned<Int128>(_data + (16L * row)),
            _ => throw Mismatch("decimal"),
        };
    }

    /// <summary>Where the row's elements lie in <see cref="Elements"/>.</summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: the column has none.</exception>
    public ListEntry Entry(int row)
    {
        Check(row);
        return Type.Id switch
        {
            DuckDbTypeId.List or DuckDbTypeId.Map => ((ListEntry*)_data)[row],
            DuckDbTypeId.Array => new(row * Type.ArraySize, Type.ArraySize),
            _ => throw Mismatch("a list"),
        };
    }

    /// <summary>A field of a STRUCT, from 0.</summary>
    /// <exception cref="LandfallException"><c>LF4104</c>: the column is of another type.</exception>
    public VectorView Field(int field) => Type.Id == DuckDbTypeId.Struct
        ? new(NativeMethods.StructChild(_vector, (ulong)field), Type.Fields[field].Type, Count)
        : throw Mismatch("a struct");

    /// <summary>The row's value as <see cref="DuckDbResult.Rows"/> gives it.</summary>
    public object? Value(int row) => IsValid(row) ? VectorValues.Box(this, row) : null;

    internal T At<T>(int row)
        where T : unmanaged
        => Unsafe.ReadUnaligned<T>(_data + ((long)sizeof(T) * row));

    internal LandfallException Mismatch(string wanted) => new(
        DuckDbCodes.Value,
        $"A column of type {Type} is read as {wanted}, which it is not stored as. The data is unchanged. Cast the "
        + "column in the statement, for example to varchar.");

    private void Check(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
    }
}
