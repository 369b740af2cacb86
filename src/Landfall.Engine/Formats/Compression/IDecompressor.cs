namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// Decompresses piece by piece and checks every byte: that the data is whole, and what it holds against its checksums.
/// Used by one thread at a time.
/// </summary>
internal interface IDecompressor : IDisposable
{
    /// <summary>
    /// Takes some input and gives some output; either may be nothing when the other is not. What filled the output may
    /// have more to give without input.
    /// </summary>
    /// <exception cref="DamagedFileException">The input is of another format, or damaged.</exception>
    (int Consumed, int Produced) Decompress(ReadOnlySpan<byte> input, Span<byte> output);

    /// <summary>Ends the input.</summary>
    /// <exception cref="DamagedFileException">It is truncated, or there is none.</exception>
    void Complete();
}
