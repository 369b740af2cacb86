namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// Reads compressed data as plain bytes and checks all of it: the last read throws where the file is not whole.
/// </summary>
/// <exception cref="DamagedFileException">Reading: the data is truncated or damaged.</exception>
public sealed class DecompressionStream : Stream
{
    private readonly Stream _source;
    private readonly IDecompressor _decompressor;
    private readonly byte[] _input = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    private DecompressionStream(Stream source, IDecompressor decompressor)
    {
        _source = source;
        _decompressor = decompressor;
    }

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

    /// <summary>The plain bytes of a source; the source itself where it is not compressed.</summary>
    /// <param name="source">Disposed with the stream.</param>
    /// <param name="compression">How its bytes are compressed.</param>
    public static Stream Of(Stream source, FileCompression compression) =>
        Decompressor(compression) is { } decompressor ? new DecompressionStream(source, decompressor) : source;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            (int consumed, int produced) = _decompressor.Decompress(_input.AsSpan(_start, _end - _start), buffer);
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
                _decompressor.Complete();
                return 0;
            }

            _start = 0;
            _end = _source.Read(_input);
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

    /// <summary>What reads a compression; null where there is none.</summary>
    internal static IDecompressor? Decompressor(FileCompression compression) => compression switch
    {
        FileCompression.Gzip => new GzipDecompressor(),
        FileCompression.Zstd => new ZstdDecompressor(),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressor.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
