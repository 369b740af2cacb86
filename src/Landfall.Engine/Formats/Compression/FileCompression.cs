namespace Landfall.Engine.Formats.Compression;

/// <summary>How a source file is compressed, by the end of its name.</summary>
public enum FileCompression
{
    /// <summary>Not.</summary>
    None,

    /// <summary>gzip, <c>.gz</c>.</summary>
    Gzip,

    /// <summary>zstd, <c>.zst</c>.</summary>
    Zstd,
}
