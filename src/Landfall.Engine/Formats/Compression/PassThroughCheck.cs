using Landfall.Estate.Integrations;

namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// Checks a file's bytes as they are copied: compressed ones to their last CRC. Counts records on the way. Used by one
/// thread.
/// </summary>
public sealed class PassThroughCheck : IDisposable
{
    private const int OutputSize = 256 * 1024;
    private readonly IDecompressor? _decompressor;
    private readonly byte[] _output;
    private readonly RecordCounter _records;

    /// <summary>Begins a file of a compression and format.</summary>
    public PassThroughCheck(FileCompression compression, FileFormat format)
    {
        _decompressor = DecompressionStream.Decompressor(compression);
        _output = _decompressor is null ? [] : new byte[OutputSize];
        _records = new(format);
    }

    /// <summary>Records in the file; null where they cannot be counted so.</summary>
    public long? Records => _records.Records;

    /// <summary>Takes the next bytes of the file.</summary>
    /// <exception cref="DamagedFileException">They are damaged.</exception>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_decompressor is null)
        {
            _records.Append(data);
            return;
        }

        int produced;
        do
        {
            (int consumed, produced) = _decompressor.Decompress(data, _output);
            _records.Append(_output.AsSpan(0, produced));
            data = data[consumed..];
        }
        while (!data.IsEmpty || produced == _output.Length);
    }

    /// <summary>Ends the file.</summary>
    /// <exception cref="DamagedFileException">It is truncated.</exception>
    public void Complete() => _decompressor?.Complete();

    /// <summary>Lets go of buffers. Safe to call twice.</summary>
    public void Dispose() => _decompressor?.Dispose();
}
