namespace Landfall.Engine.Formats.Compression;

/// <summary>Reads gzip as plain bytes and checks all of it: the last read throws where the file is not whole.</summary>
/// <param name="source">The compressed bytes; disposed with the stream.</param>
/// <exception cref="DamagedFileException">Reading: the data is truncated or damaged.</exception>
public sealed class GzipReadStream(Stream source) : Stream
{
    private readonly GzipInflater _inflater = new();
    private readonly byte[] _input = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

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
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            (int consumed, int produced) = _inflater.Inflate(_input.AsSpan(_start, _end - _start), buffer);
            _start += consumed;
            if (produced > 0)
            {
                return produced;
            }

            if (_start < _end)
            {
                continue;
            }

            if (_ended)
            {
                _inflater.Complete();
                return 0;
            }

            _start = 0;
            _end = source.Read(_input);
            _ended = _end == 0;
        }

        return 0;
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
            _inflater.Dispose();
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
