using System.Collections.Immutable;

namespace Landfall.Recommender.Exposures;

/// <summary>A record of a segment: a recommendation or feedback.</summary>
/// <param name="Served">The recommendation; null for feedback.</param>
/// <param name="Feedback">The feedback; empty for a recommendation.</param>
internal sealed record SegmentRecord(ServedRecommendation? Served, ImmutableArray<FeedbackEvent> Feedback)
{
    /// <summary>Rows of both tables.</summary>
    public int Rows => (Served?.Items.Length ?? 0) + Feedback.Length;
}
