using System.IO.Compression;

namespace Landfall.Testing.Fuzzing;

/// <summary>A source file with random changes, and the one that it was.</summary>
/// <param name="Name">Its name, whose endings say format and compression.</param>
/// <param name="Bytes">What it holds.</param>
/// <param name="Original">What it held.</param>
public sealed record FuzzFile(string Name, byte[] Bytes, byte[] Original)
{
    /// <summary>The columns of the contract: two texts and an integer.</summary>
    public static readonly string[] Columns = ["id", "note", "n"];

    /// <summary>csv, jsonl or json.</summary>
    public string Format => Name.Split('.')[1];

    /// <summary>Whether it is compressed, so that a checksum tells damage.</summary>
    public bool IsCompressed => Name.Split('.').Length > 2;

    /// <summary>Its records by the plain reader; null where it is bad as a whole.</summary>
    public IReadOnlyList<SourceRow>? Expected() =>
        (IsCompressed ? Unpacked() : Bytes) is { } text ? PlainReader.Read(Format, text) : null;

    /// <summary>
    /// Records of an array that end, comma included, before the first change: a reader meets them before it can know
    /// of any damage. The last has no comma: what is changed behind it may make it unreadable.
    /// </summary>
    public IReadOnlyList<SourceRow> Untouched()
    {
        int same = Bytes.AsSpan().CommonPrefixLength(Original);
        int whole = Math.Max(0, Original.AsSpan(0, same).Count((byte)'\n') - 1);
        IReadOnlyList<SourceRow> records = PlainReader.Read(Format, Original)!;
        return [.. records.Take(Math.Min(whole, records.Count - 1))];
    }

    /// <summary>Of gzip what the runtime unpacks; zstd has a checksum, so it can only be what it was.</summary>
    private byte[]? Unpacked()
    {
        if (Name.EndsWith(".zst", StringComparison.Ordinal))
        {
            return Bytes.Length == 0 ? [] : Original;
        }

        try
        {
            using GZipStream gzip = new(new MemoryStream(Bytes), CompressionMode.Decompress);
            using MemoryStream text = new();
            gzip.CopyTo(text);
            return text.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
