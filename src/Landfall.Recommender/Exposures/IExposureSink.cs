using System.Collections.Immutable;

namespace Landfall.Recommender.Exposures;

/// <summary>Takes what an endpoint serves. Never blocks and never throws; safe for concurrent use.</summary>
public interface IExposureSink
{
    /// <summary>How the log stands.</summary>
    ExposureLogStatus Status { get; }

    /// <summary>Hands over a recommendation; false where there is no room, so that it was dropped.</summary>
    bool TryAppend(ServedRecommendation recommendation);

    /// <summary>Hands over feedback, all or none; false where there is no room and none was taken.</summary>
    bool TryAppend(ImmutableArray<FeedbackEvent> feedback);
}
