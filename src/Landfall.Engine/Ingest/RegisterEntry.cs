namespace Landfall.Engine.Ingest;

/// <summary>A landed file as the register has it. Times are microseconds since 1970-01-01 UTC.</summary>
public sealed record RegisterEntry
{
    /// <summary>Its batch, from 1.</summary>
    public required long Batch { get; init; }

    /// <summary>The table it belongs to.</summary>
    public required string Table { get; init; }

    /// <summary>Path below the location, or <c>schema.table</c> of a database.</summary>
    public required string File { get; init; }

    /// <summary>Path below the integration's folder in raw.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The source's modification time.</summary>
    public required long Modified { get; init; }

    /// <summary>Hash of its bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When the source says the data is from.</summary>
    public required long SourceTime { get; init; }

    /// <summary>Rows; null where they were not counted.</summary>
    public long? Rows { get; init; }

    /// <summary>The greatest cursor up to this batch as text; null without a cursor.</summary>
    public string? Cursor { get; init; }

    /// <summary>
    /// What reading again must give if nothing changed: rows, a colon and the sum of their hashes; behind another colon
    /// the column of <see cref="Cursor"/>, which earlier versions left out. Null for files.
    /// </summary>
    public string? StateHash { get; init; }

    /// <summary>When it was landed.</summary>
    public required long LandedAt { get; init; }
}
