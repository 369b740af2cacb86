namespace Landfall.Delta.DeletionVectors;

/// <summary>Where the list of a data file's deleted rows is (protocol, "Deletion Vectors"). Immutable.</summary>
/// <param name="StorageType"><c>u</c>: a file of the table; <c>p</c>: a file at a path; <c>i</c>: inline.</param>
/// <param name="PathOrInline">The file's encoded id, its path, or the list itself, encoded.</param>
/// <param name="Offset">Where the list begins in its file; null where it is inline.</param>
/// <param name="SizeInBytes">Bytes of the list.</param>
/// <param name="Cardinality">Rows in the list.</param>
public sealed record DeletionVector(
    char StorageType, string PathOrInline, int? Offset, int SizeInBytes, long Cardinality)
{
    private const int IdLength = 20;

    /// <summary>Tells lists of the same data file apart.</summary>
    public string Id => Offset is { } offset ? $"{StorageType}{PathOrInline}@{offset}" : $"{StorageType}{PathOrInline}";

    /// <summary>The file that holds the list, relative to the table or absolute; null where it is inline.</summary>
    /// <exception cref="CorruptTableException">The id does not decode.</exception>
    public string? FilePath => StorageType switch
    {
        'i' => null,
        'p' => Log.DataPath.Decode(PathOrInline),
        _ => RelativePath(),
    };

    /// <summary>The numbers of the deleted rows of an inline list, rising.</summary>
    /// <exception cref="CorruptTableException">The list is damaged.</exception>
    public IEnumerable<long> ReadInline(string dataFile)
    {
        byte[] bytes = Z85.TryDecode(PathOrInline) is { } decoded && decoded.Length >= SizeInBytes
            ? decoded[..SizeInBytes]
            : throw Damaged(dataFile, "its deletion vector does not decode");
        return Rows(bytes, dataFile);
    }

    /// <summary>The numbers of the deleted rows of a list in a file, rising.</summary>
    /// <param name="stored">
    /// From <see cref="Offset"/>: the list's size, the list, its checksum; <see cref="StoredBytes"/> in all.
    /// </param>
    /// <param name="dataFile">Name of the data file for messages.</param>
    /// <exception cref="CorruptTableException">The list is damaged.</exception>
    public IEnumerable<long> ReadStored(ReadOnlyMemory<byte> stored, string dataFile)
    {
        ReadOnlySpan<byte> span = stored.Span;
        if (stored.Length != StoredBytes
            || System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(span) != SizeInBytes
            || System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(span[(4 + SizeInBytes)..])
                != Crc32.Of(span.Slice(4, SizeInBytes)))
        {
            throw Damaged(dataFile, $"its deletion vector in {FilePath} is damaged");
        }

        return Rows(stored.Slice(4, SizeInBytes), dataFile);
    }

    /// <summary>Bytes of a list in a file, with its size before and its checksum after it.</summary>
    public int StoredBytes => checked(SizeInBytes + 8);

    private static CorruptTableException Damaged(string dataFile, string problem) => new(dataFile, problem);

    private IEnumerable<long> Rows(ReadOnlyMemory<byte> bytes, string dataFile)
    {
        List<long> rows = [];
        if (!RoaringBitmap.TryRead(bytes.Span, rows) || rows.Count != Cardinality)
        {
            throw Damaged(dataFile, "its deletion vector is damaged");
        }

        return rows;
    }

    /// <summary>A random prefix, which names a folder, and an id in 20 characters.</summary>
    private string RelativePath()
    {
        string prefix = PathOrInline.Length > IdLength ? PathOrInline[..^IdLength] + "/" : "";
        return PathOrInline.Length >= IdLength && Z85.TryDecode(PathOrInline[^IdLength..]) is { } id
            ? $"{prefix}deletion_vector_{new Guid(id, bigEndian: true)}.bin"
            : throw Damaged(Log.LogFiles.Folder, "the id of a deletion vector does not decode");
    }
}
