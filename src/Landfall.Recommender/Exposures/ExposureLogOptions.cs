namespace Landfall.Recommender.Exposures;

/// <summary>How an exposure log works.</summary>
public sealed record ExposureLogOptions
{
    /// <summary>The folder of its segments: one log's alone.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// How often what came is made durable: every 200 ms by default, which leaves storage the rest of a second.
    /// </summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Age at which a segment is committed: 1 minute by default.</summary>
    public TimeSpan SegmentAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows at which a segment is committed: 50,000 by default. One record may go beyond.</summary>
    public int SegmentRows { get; init; } = 50_000;

    /// <summary>Records that wait in memory for storage, 65,536 by default; more are dropped and counted.</summary>
    public int Capacity { get; init; } = 65_536;

    /// <summary>How often the tables' small files are joined: daily by default.</summary>
    public TimeSpan CompactionPeriod { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Time between attempts to commit while the lake fails: 5 s by default.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the end waits for the last commit before it is left to the next start: 30 s by default.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
