namespace Landfall.Recommender.Exposures;

/// <summary>How an exposure log stands.</summary>
public sealed record ExposureLogStatus
{
    /// <summary>Recommendations and sets of feedback taken since the start.</summary>
    public long Taken { get; init; }

    /// <summary>Those that found no room and are lost.</summary>
    public long Dropped { get; init; }

    /// <summary>Those that are durable in a segment.</summary>
    public long Durable { get; init; }

    /// <summary>Rows committed to the tables since the start, those of segments left by earlier runs too.</summary>
    public long RowsCommitted { get; init; }

    /// <summary>Segments that are closed and not committed yet.</summary>
    public long SegmentsWaiting { get; init; }

    /// <summary>Records of earlier runs that were damaged and left out; their segments are kept.</summary>
    public long RecordsDamaged { get; init; }

    /// <summary>What failed last, by its code, and is being tried again; null where all goes well.</summary>
    public string? Failure { get; init; }
}
