using System.Collections.Concurrent;
using System.Collections.Immutable;
using Landfall.Recommender.Exposures;

namespace Landfall.Server.Tests;

/// <summary>Keeps what is logged; refuses while full.</summary>
internal sealed class ListedExposures : IExposureSink
{
    public ConcurrentQueue<ServedRecommendation> Served { get; } = [];

    public ConcurrentQueue<FeedbackEvent> Feedback { get; } = [];

    public bool IsFull { get; set; }

    public ExposureLogStatus Status { get; } = new();

    public bool TryAppend(ServedRecommendation recommendation)
    {
        if (!IsFull)
        {
            Served.Enqueue(recommendation);
        }

        return !IsFull;
    }

    public bool TryAppend(ImmutableArray<FeedbackEvent> feedback)
    {
        if (!IsFull)
        {
            foreach (FeedbackEvent entry in feedback)
            {
                Feedback.Enqueue(entry);
            }
        }

        return !IsFull;
    }
}
