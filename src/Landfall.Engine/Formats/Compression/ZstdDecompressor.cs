using ZstdSharp.Unsafe;
using Zstd = ZstdSharp.Unsafe.Methods;

namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// Decompresses zstd of any number of frames, skippable ones too. Used by one thread at a time.
/// </summary>
/// <remarks>
/// A frame's window is memory that the writer asks of the reader: at most 128 MiB, as in the reference decoder. Format:
/// RFC 8878. The library's safe calls do not tell why data is refused, so its streaming calls are used.
/// </remarks>
internal sealed unsafe class ZstdDecompressor : IDecompressor
{
    private ZSTD_DCtx_s* _context = Zstd.ZSTD_createDCtx();
    private bool _any;
    private bool _inFrame;
    private bool _filled;

    /// <inheritdoc/>
    public (int Consumed, int Produced) Decompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.IsEmpty && !_filled)
        {
            return (0, 0);
        }

        fixed (byte* from = input, to = output)
        {
            byte none;
            ZSTD_inBuffer_s source = new() { src = from is null ? &none : from, size = (nuint)input.Length };
            ZSTD_outBuffer_s target = new() { dst = to, size = (nuint)output.Length };
            nuint state = Zstd.ZSTD_decompressStream(_context, &target, &source);
            if (Zstd.ZSTD_isError(state))
            {
                throw new DamagedFileException(Problem(Zstd.ZSTD_getErrorCode(state), Zstd.ZSTD_getErrorName(state)));
            }

            _any |= !input.IsEmpty;
            _inFrame = state != 0;
            _filled = _inFrame && target.pos == target.size;
            return ((int)source.pos, (int)target.pos);
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_inFrame || !_any)
        {
            throw new DamagedFileException(_any ? "it is truncated" : "it is empty");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Zstd.ZSTD_freeDCtx(_context);
        _context = null;
    }

    private string Problem(ZSTD_ErrorCode code, string name) => code switch
    {
        ZSTD_ErrorCode.ZSTD_error_prefix_unknown when !_any => "it is no zstd",
        ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge =>
            "its window is larger than 128 MiB: compress it anew, with --long=27 at most",
        ZSTD_ErrorCode.ZSTD_error_dictionary_wrong =>
            "it needs a dictionary, which cannot be given: compress it anew without",
        _ => $"zstd data is damaged: {name}",
    };
}
