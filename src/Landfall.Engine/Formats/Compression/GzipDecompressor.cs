using System.Runtime.InteropServices;

namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// Inflates gzip of any number of members and checks every byte of it: CRC-32 and length of each member by zlib, and
/// here that the input ends with a whole member and holds nothing else. Used by one thread at a time.
/// </summary>
internal sealed unsafe class GzipDecompressor : IDecompressor
{
    // zlib keeps the structure's address, so that it must not move.
    private readonly ZlibNative.Stream* _stream;
    private bool _inMember;
    private bool _any;
    private bool _disposed;

    public GzipDecompressor()
    {
        _stream = (ZlibNative.Stream*)NativeMemory.AllocZeroed((nuint)sizeof(ZlibNative.Stream));
        int code = ZlibNative.InflateInit(ref *_stream, ZlibNative.GzipWindow);
        if (code != ZlibNative.Ok)
        {
            NativeMemory.Free(_stream);
            throw new InvalidOperationException($"zlib does not start (code {code}).");
        }
    }

    /// <inheritdoc/>
    public (int Consumed, int Produced) Decompress(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (input.IsEmpty && !_inMember)
        {
            return (0, 0);
        }

        BeginMember();
        fixed (byte* from = input, to = output)
        {
            byte none;
            _stream->NextIn = from is null ? &none : from;
            _stream->AvailableIn = (uint)input.Length;
            _stream->NextOut = to;
            _stream->AvailableOut = (uint)output.Length;
            int code = ZlibNative.Inflate(ref *_stream, 0);
            if (code is not (ZlibNative.Ok or ZlibNative.StreamEnd or ZlibNative.BufferError))
            {
                throw new DamagedFileException(
                    (_any ? "gzip data is damaged: " : "it is no gzip: ")
                    + (Marshal.PtrToStringUTF8((IntPtr)_stream->Message) ?? $"zlib code {code}"));
            }

            _inMember = code != ZlibNative.StreamEnd;
            _any |= !_inMember || _stream->AvailableOut != (uint)output.Length;
            return (input.Length - (int)_stream->AvailableIn, output.Length - (int)_stream->AvailableOut);
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        if (_inMember || !_any)
        {
            throw new DamagedFileException(_any || _inMember ? "it is truncated" : "it is empty");
        }
    }

    /// <summary>Lets go of zlib's memory. Safe to call twice.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ = ZlibNative.InflateEnd(ref *_stream);
            NativeMemory.Free(_stream);
        }
    }

    private void BeginMember()
    {
        if (!_inMember && _any)
        {
            _ = ZlibNative.InflateReset(ref *_stream, ZlibNative.GzipWindow);
        }

        _inMember = true;
    }
}
