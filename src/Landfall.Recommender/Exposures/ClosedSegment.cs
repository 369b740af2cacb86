namespace Landfall.Recommender.Exposures;

/// <summary>A segment that has ended and is durable.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Records">Its records, so that nobody need read them; null where its file must be read.</param>
internal sealed record ClosedSegment(long Number, IReadOnlyList<SegmentRecord>? Records);
