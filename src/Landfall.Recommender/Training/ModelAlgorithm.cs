namespace Landfall.Recommender.Training;

/// <summary>Ways to make a model.</summary>
public enum ModelAlgorithm
{
    /// <summary>How many accounts use a service.</summary>
    Popularity,

    /// <summary>How often a service was used in the last days.</summary>
    RecentPopularity,

    /// <summary>The nearest services by cosine.</summary>
    ItemKnn,

    /// <summary>Amounts with time decay times similarities.</summary>
    Sar,

    /// <summary>Ridge regression of each service on all others.</summary>
    Ease,

    /// <summary>EASE with dropout of inputs.</summary>
    Edlae,

    /// <summary>EDLAE where services keep part of their own weight.</summary>
    Rlae,

    /// <summary>EDLAE with accounts and services normalised.</summary>
    Dan,
}
