using Landfall.DuckDb;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Reads text compressed with zstd, which the engine decompresses: it gives the lines, each with a line feed. Used by
/// one thread.
/// </summary>
internal sealed class ZstdTextStream : Stream
{
    private readonly DuckDbResult _lines;
    private byte[] _text = [];
    private int _start;

    /// <summary>Opens a file.</summary>
    /// <param name="connection">Used by nothing else while the file is read.</param>
    /// <param name="path">Absolute path.</param>
    public ZstdTextStream(DuckDbConnection connection, string path) => _lines = connection.Query(
        $"select line from read_csv({SqlText.Literal(GlobEscape.Of(path))}, columns = {{line: 'VARCHAR'}}, "
            + "header = false, "
        + "auto_detect = false, delim = '', quote = '', escape = '', compression = 'zstd', parallel = false, "
        + "null_padding = false, max_line_size = 16777216, buffer_size = 33554432, new_line = '\\n')");

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_start == _text.Length)
        {
            if (!_lines.NextChunk(out DataChunk chunk))
            {
                return 0;
            }

            Take(chunk);
        }

        int taken = Math.Min(count, _text.Length - _start);
        _text.AsSpan(_start, taken).CopyTo(buffer.AsSpan(offset));
        _start += taken;
        return taken;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lines.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(DataChunk chunk)
    {
        using MemoryStream text = new();
        VectorView lines = chunk[0];
        for (int row = 0; row < chunk.RowCount; row++)
        {
            if (lines.IsValid(row))
            {
                text.Write(lines.Bytes(row));
            }

            text.WriteByte((byte)'\n');
        }

        _text = text.ToArray();
        _start = 0;
    }
}
