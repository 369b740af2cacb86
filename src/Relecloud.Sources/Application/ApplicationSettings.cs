namespace Relecloud.Sources.Application;

/// <summary>How the outside application asks for recommendations, and how customers react.</summary>
internal sealed record ApplicationSettings
{
    /// <summary>The first day on which it asks, counted from the start.</summary>
    public int FromDay { get; init; } = 90;

    /// <summary>Days from one request of an account to the next.</summary>
    public int EveryDays { get; init; } = 7;

    /// <summary>The salt of the holdout: that of the estate's endpoint.</summary>
    public string Salt { get; init; } = "relecloud-2026";

    /// <summary>The share of customers held out: that of the estate's endpoint.</summary>
    public double HoldoutShare { get; init; } = 0.10;

    /// <summary>
    /// The chance that a service shown at rank 1, 2, … is taken up for being shown; as many services are asked for.
    /// </summary>
    public IReadOnlyList<double> ChanceByRank { get; init; } = [0.024, 0.018, 0.013, 0.009, 0.006];

    /// <summary>By how much the chance is greater where the service shares a bundle with one in use.</summary>
    public double BundleFactor { get; init; } = 2;

    /// <summary>A service is taken up on the first up to this day after it was shown.</summary>
    public int LongestDelay { get; init; } = 6;

    /// <summary>The chance that the caller reports a service as dismissed that is not taken up.</summary>
    public double DismissedShare { get; init; } = 0.15;
}
