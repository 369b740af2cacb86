using System.Buffers.Binary;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Exporting;

/// <summary>bytea, and what is text in some form: the bytes as they are, with a prefix or without.</summary>
internal class BytesField : PostgresField
{
    /// <summary>Bytes before each value.</summary>
    protected virtual ReadOnlySpan<byte> Prefix => [];

    /// <inheritdoc/>
    public sealed override void Measure(VectorView values, Span<int> lengths)
    {
        bool all = values.Validity.IsEmpty;
        for (int row = 0; row < lengths.Length; row++)
        {
            lengths[row] = checked(lengths[row] + LengthBytes
                + (all || values.IsValid(row) ? Prefix.Length + values.Bytes(row).Length : 0));
        }
    }

    /// <inheritdoc/>
    public sealed override void Fill(VectorView values, Span<int> places, Span<byte> target)
    {
        bool all = values.Validity.IsEmpty;
        for (int row = 0; row < places.Length; row++)
        {
            Span<byte> field = target[places[row]..];
            places[row] += LengthBytes;
            if (!all && !values.IsValid(row))
            {
                BinaryPrimitives.WriteInt32BigEndian(field, -1);
                continue;
            }

            ReadOnlySpan<byte> bytes = values.Bytes(row);
            Check(bytes);
            int length = Prefix.Length + bytes.Length;
            BinaryPrimitives.WriteInt32BigEndian(field, length);
            Prefix.CopyTo(field[LengthBytes..]);
            bytes.CopyTo(field[(LengthBytes + Prefix.Length)..]);
            places[row] += length;
        }
    }

    /// <summary>Refuses what PostgreSQL does not have.</summary>
    protected virtual void Check(ReadOnlySpan<byte> bytes)
    {
        // Any byte may be in a bytea.
    }
}

/// <summary>text; no character U+0000.</summary>
/// <param name="column">The column, for messages.</param>
internal sealed class TextField(string column) : BytesField
{
    /// <inheritdoc/>
    protected override void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
        {
            throw Unfit(column, "text with the character U+0000");
        }
    }
}

/// <summary>jsonb: a version, then the text.</summary>
internal sealed class JsonField : BytesField
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> Prefix => [1];
}
