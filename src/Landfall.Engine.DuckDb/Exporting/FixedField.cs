using System.Buffers.Binary;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Exporting;

/// <summary>A column whose values have one size, in DuckDB and in PostgreSQL.</summary>
/// <typeparam name="T">The values as DuckDB has them.</typeparam>
/// <param name="size">Bytes of a value in PostgreSQL.</param>
internal abstract class FixedField<T>(int size) : PostgresField
    where T : unmanaged
{
    /// <inheritdoc/>
    public sealed override void Measure(VectorView values, Span<int> lengths)
    {
        bool all = values.Validity.IsEmpty;
        for (int row = 0; row < lengths.Length; row++)
        {
            lengths[row] += all || values.IsValid(row) ? LengthBytes + size : LengthBytes;
        }
    }

    /// <inheritdoc/>
    public sealed override void Fill(VectorView values, Span<int> places, Span<byte> target)
    {
        bool all = values.Validity.IsEmpty;
        ReadOnlySpan<T> own = values.Values<T>();
        for (int row = 0; row < places.Length; row++)
        {
            Span<byte> field = target[places[row]..];
            if (!all && !values.IsValid(row))
            {
                BinaryPrimitives.WriteInt32BigEndian(field, -1);
                places[row] += LengthBytes;
                continue;
            }

            BinaryPrimitives.WriteInt32BigEndian(field, size);
            Write(field[LengthBytes..], own[row]);
            places[row] += LengthBytes + size;
        }
    }

    /// <summary>Writes a value.</summary>
    protected abstract void Write(Span<byte> field, T value);
}

/// <summary>boolean.</summary>
internal sealed class BooleanField() : FixedField<byte>(sizeof(byte))
{
    /// <inheritdoc/>
    protected override void Write(Span<byte> field, byte value) => field[0] = value;
}

/// <summary>integer.</summary>
internal sealed class IntField() : FixedField<int>(sizeof(int))
{
    /// <inheritdoc/>
    protected override void Write(Span<byte> field, int value) => BinaryPrimitives.WriteInt32BigEndian(field, value);
}

/// <summary>bigint.</summary>
internal sealed class BigIntField() : FixedField<long>(sizeof(long))
{
    /// <inheritdoc/>
    protected override void Write(Span<byte> field, long value) => BinaryPrimitives.WriteInt64BigEndian(field, value);
}

/// <summary>double precision.</summary>
internal sealed class DoubleField() : FixedField<double>(sizeof(double))
{
    /// <inheritdoc/>
    protected override void Write(Span<byte> field, double value) =>
        BinaryPrimitives.WriteDoubleBigEndian(field, value);
}

/// <summary>date: days since 2000-01-01.</summary>
/// <param name="column">The column, for messages.</param>
/// <remarks>Bounds: PostgreSQL's <c>datatype/timestamp.h</c>, 4714-11-24 BC to 5874897-12-31.</remarks>
internal sealed class DateField(string column) : FixedField<int>(sizeof(int))
{
    private const int Epoch = 10_957;
    private const int First = -2_451_545;
    private const int End = 2_145_031_949;

    /// <inheritdoc/>
    protected override void Write(Span<byte> field, int value) => BinaryPrimitives.WriteInt32BigEndian(
        field,
        value switch
        {
            int.MaxValue => int.MaxValue,
            -int.MaxValue => int.MinValue,
            < First + Epoch or >= End => throw Unfit(column, "a date before 4714 BC or after 5874897"),
            _ => value - Epoch,
        });
}

/// <summary>timestamptz: microseconds since 2000-01-01, UTC.</summary>
/// <param name="column">The column, for messages.</param>
/// <remarks>Bounds: PostgreSQL's <c>datatype/timestamp.h</c>, 4714-11-24 BC to the end of the year 294276.</remarks>
internal sealed class TimestampField(string column) : FixedField<long>(sizeof(long))
{
    private const long Epoch = 946_684_800_000_000;
    private const long First = -211_813_488_000_000_000;

    /// <inheritdoc/>
    protected override void Write(Span<byte> field, long value) => BinaryPrimitives.WriteInt64BigEndian(
        field,
        value switch
        {
            long.MaxValue => long.MaxValue,
            -long.MaxValue => long.MinValue,
            < First + Epoch => throw Unfit(column, "a time before 4714 BC"),
            _ => value - Epoch,
        });
}
