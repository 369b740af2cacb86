namespace Landfall.Recommender.Definitions;

/// <summary>The tables of a model product that are computed or served, not selected by SQL.</summary>
public enum ModelTable
{
    /// <summary>How many accounts use each pair of services.</summary>
    Gram,

    /// <summary>The registry: versions of the model and what its aliases mean.</summary>
    Model,

    /// <summary>What the champion suggests to each account that is not held out.</summary>
    Recommendation,

    /// <summary>What the endpoint served.</summary>
    Exposure,

    /// <summary>What callers said became of it.</summary>
    Feedback,
}
