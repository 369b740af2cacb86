using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Formats;

/// <summary>
/// Some parsed rows: their fields point into the text they were read from, or into the batch's own store for text that
/// had escapes. Reused; a batch ends before its text is overwritten.
/// </summary>
/// <param name="columns">Fields of each row.</param>
internal sealed class RowBatch(int columns)
{
    /// <summary>Rows that fit: a vector of DuckDB, so that a batch becomes one.</summary>
    public static int Capacity => DuckDbAppender.Capacity;

    private readonly Cell[] _cells = new Cell[columns * Capacity];
    private readonly long[] _numbers = new long[Capacity];
    private readonly (int Start, int Length)[] _records = new (int, int)[Capacity];
    private byte[] _store = new byte[4096];
    private int _stored;

    /// <summary>Rows in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no row fits any more.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>The buffer that the rows were read from.</summary>
    public byte[] Text { get; set; } = [];

    /// <summary>The fields of the row that is being read; all missing at first.</summary>
    public Span<Cell> Next => _cells.AsSpan(Count * columns, columns);

    /// <summary>A field of a row.</summary>
    public ref readonly Cell this[int row, int column] => ref _cells[(row * columns) + column];

    /// <summary>Puts another field in the place of one that was read.</summary>
    public void Replace(int row, int column, Cell cell) => _cells[(row * columns) + column] = cell;

    /// <summary>Clears the fields of the next row.</summary>
    public Span<Cell> Begin()
    {
        Span<Cell> next = Next;
        next.Clear();
        return next;
    }

    /// <summary>Keeps the row that was read.</summary>
    public void Commit(long number, int start, int length)
    {
        _numbers[Count] = number;
        _records[Count] = (start, length);
        Count++;
    }

    /// <summary>Drops all rows.</summary>
    public void Clear()
    {
        Count = 0;
        _stored = 0;
    }

    /// <summary>Number of a row in its file.</summary>
    public long Number(int row) => _numbers[row];

    /// <summary>A row as the source sent it.</summary>
    public ReadOnlySpan<byte> Record(int row) => Text.AsSpan(_records[row].Start, _records[row].Length);

    /// <summary>
    /// Bytes of some rows as the source sent them, about: rows that follow each other lie so in the text.
    /// </summary>
    public long BytesOf(ReadOnlySpan<int> rows) => rows.IsEmpty ? 0
        : _records[rows[^1]].Start + _records[rows[^1]].Length - _records[rows[0]].Start;

    /// <summary>The text of a field.</summary>
    public ReadOnlySpan<byte> Bytes(in Cell cell) =>
        (cell.Kind == CellKind.Unescaped ? _store : Text).AsSpan(cell.Start, cell.Length);

    /// <summary>Room in the store for text without its escapes; <see cref="Keep"/> says how much was used.</summary>
    public Span<byte> Reserve(int length)
    {
        if (_store.Length - _stored < length)
        {
            Array.Resize(ref _store, Math.Max(_store.Length * 2, _stored + length));
        }

        return _store.AsSpan(_stored, length);
    }

    /// <summary>Keeps the first bytes of what was reserved as a field.</summary>
    public Cell Keep(int length)
    {
        Cell cell = new(_stored, length, CellKind.Unescaped);
        _stored += length;
        return cell;
    }
}
