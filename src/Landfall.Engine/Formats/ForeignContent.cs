namespace Landfall.Engine.Formats;

/// <summary>Tells by its first bytes what a file is that cannot be UTF-8 text.</summary>
public static class ForeignContent
{
    private static readonly (byte[] Start, string Problem)[] _starts =
    [
        ([0xFF, 0xFE], Utf16), ([0xFE, 0xFF], Utf16),
        ([0x1F, 0x8B], "it is compressed by gzip, but its name does not end in .gz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed by zstd, but its name does not end in .zst"),
        ("PAR1"u8.ToArray(), "it is a Parquet file: write format: parquet, or name it .parquet"),
        ("PK\u0003\u0004"u8.ToArray(), "it is a ZIP archive or an office document: have the source send plain text"),
    ];

    private const string Utf16 = "it is UTF-16 text, and only UTF-8 is read: have the source write UTF-8";

    /// <summary>Refuses a file.</summary>
    /// <param name="start">Its first bytes, decompressed.</param>
    /// <exception cref="BadFormatException">They are not those of UTF-8 text.</exception>
    public static void Refuse(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] signature, string problem) in _starts)
        {
            if (start.StartsWith(signature))
            {
                throw new BadFormatException(problem);
            }
        }

        // Every other byte is 0 in UTF-16 text of ASCII characters, which need not begin with a mark.
        if (start.Length >= 4 && ((start[0] == 0 && start[2] == 0) || (start[1] == 0 && start[3] == 0)))
        {
            throw new BadFormatException(Utf16);
        }
    }
}
