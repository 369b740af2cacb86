using System.Buffers.Binary;
using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Exporting;

/// <summary>
/// Writes chunks as PostgreSQL's binary COPY has them (PostgreSQL documentation, COPY, "Binary Format"): a header, for
/// each row the number of fields and each field with its length before it, −1 for NULL, and a trailer.
/// </summary>
/// <param name="target">Takes the bytes.</param>
/// <param name="schema">The columns of the chunks; arrays and structs come as text.</param>
/// <remarks>
/// A chunk is written column by column: first every row's length is added up, then each column fills its fields in.
/// </remarks>
internal sealed class PostgresCopyWriter(Stream target, TableSchema schema)
{
    private const int BufferBytes = 1 << 20;
    private readonly ImmutableArray<PostgresField> _fields =
        [.. schema.Fields.Select(f => PostgresField.Of(f.Name, f.Type))];

    private byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private bool _begun;

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes written, those that wait included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes the rows of a chunk.</summary>
    /// <exception cref="LandfallException">LF4312: a value has no form in PostgreSQL.</exception>
    public void Write(DataChunk chunk)
    {
        Begin();
        Span<int> places = new int[chunk.RowCount];
        places.Fill(sizeof(short));
        for (int column = 0; column < _fields.Length; column++)
        {
            _fields[column].Measure(chunk[column], places);
        }

        Place(places, out int total);
        Reserve(total);
        Span<byte> rows = _buffer.AsSpan(_used, total);
        for (int row = 0; row < places.Length; row++)
        {
            BinaryPrimitives.WriteInt16BigEndian(rows[places[row]..], (short)_fields.Length);
            places[row] += sizeof(short);
        }

        for (int column = 0; column < _fields.Length; column++)
        {
            _fields[column].Fill(chunk[column], places, rows);
        }

        _used += total;
        Rows += chunk.RowCount;
        Bytes += total;
    }

    /// <summary>Writes the trailer and what waits.</summary>
    public void End()
    {
        Begin();
        Reserve(sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), -1);
        _used += sizeof(short);
        Bytes += sizeof(short);
        Flush();
    }

    /// <summary>Turns lengths into places, each row after the one before it.</summary>
    private static void Place(Span<int> places, out int total)
    {
        total = 0;
        for (int row = 0; row < places.Length; row++)
        {
            int length = places[row];
            places[row] = total;
            total = checked(total + length);
        }
    }

    private void Begin()
    {
        if (_begun)
        {
            return;
        }

        ReadOnlySpan<byte> signature = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8];
        signature.CopyTo(_buffer);

        // Flags and the length of the extension follow, both 0.
        _used = signature.Length + (2 * sizeof(int));
        Bytes = _used;
        _begun = true;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _used >= bytes)
        {
            return;
        }

        Flush();
        if (bytes > _buffer.Length)
        {
            _buffer = new byte[bytes];
        }
    }

    private void Flush()
    {
        target.Write(_buffer.AsSpan(0, _used));
        _used = 0;
        if (_buffer.Length > BufferBytes)
        {
            // One chunk of very long texts must not hold its memory to the end.
            _buffer = new byte[BufferBytes];
        }
    }
}
