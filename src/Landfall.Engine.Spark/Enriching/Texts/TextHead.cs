using System.Collections.Immutable;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>What the beginning of a file tells.</summary>
/// <param name="File">The file.</param>
internal sealed record TextHead(EnrichFile File)
{
    /// <summary>Why it cannot be read as its format, a clause; null where it can as far as is known.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// What ends lines: a line feed, or a carriage return where the first MiB has those alone.
    /// </summary>
    public char LineEnd { get; init; } = '\n';

    /// <summary>CSV and Parquet: the names of columns; empty for a file without a header.</summary>
    public ImmutableArray<string> Header { get; init; } = [];

    /// <summary>CSV: the header as the file has it.</summary>
    public string HeaderText { get; init; } = "";

    /// <summary>Whether there is a record besides a header.</summary>
    public bool HasRecords { get; init; }

    /// <summary>Parquet: the types of the columns of <see cref="Header"/>.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>JSON Lines: the shape of the first record; null where it has none.</summary>
    public JsonShape? Shape { get; init; }

    /// <summary>JSON arrays: bytes of the text, as far as it was measured.</summary>
    public long Length { get; init; }
}
