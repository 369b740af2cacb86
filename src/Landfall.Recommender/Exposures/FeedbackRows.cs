using Landfall.DuckDb;

namespace Landfall.Recommender.Exposures;

/// <summary>Feedback as rows of its table, in the columns' order.</summary>
/// <param name="events">What callers said.</param>
internal sealed class FeedbackRows(IReadOnlyList<FeedbackEvent> events) : IRowSource
{
    private int _next;

    /// <inheritdoc/>
    public int Fill(RowChunk chunk)
    {
        int row = 0;
        for (; row < chunk.Capacity && _next < events.Count; row++, _next++)
        {
            chunk[0].Set(row, events[_next].RecommendationId);
            chunk[1].Set(row, events[_next].ServiceId);
            chunk[2].Set(row, events[_next].Kind);
            chunk[3].Set(row, events[_next].At);
        }

        return row;
    }
}
