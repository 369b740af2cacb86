namespace Landfall.Recommender.Training;

/// <summary>An algorithm and its hyperparameters; those of other algorithms are ignored.</summary>
public sealed record ModelOptions
{
    /// <summary>The algorithm.</summary>
    public required ModelAlgorithm Algorithm { get; init; }

    /// <summary>Ridge of the linear models, above 0.</summary>
    public double Lambda { get; init; } = 500;

    /// <summary>Dropout of EDLAE, RLAE and DAN, 0 up to but not 1.</summary>
    public double Dropout { get; init; }

    /// <summary>What a service may keep of its own weight in RLAE, and in DAN where it is given; 0 to 1.</summary>
    public double? Xi { get; init; }

    /// <summary>How much DAN holds back frequent services, 0 to 1.</summary>
    public double Alpha { get; init; }

    /// <summary>How much DAN holds back accounts with many services, 0 to 1.</summary>
    public double Beta { get; init; }

    /// <summary>Nearest services that count in item-kNN, at least 1.</summary>
    public int Neighbours { get; init; } = 100;

    /// <summary>Holds back what few accounts share in item-kNN, 0 or more.</summary>
    public double Shrinkage { get; init; }

    /// <summary>The similarity of SAR.</summary>
    public Similarity Similarity { get; init; } = Similarity.Jaccard;

    /// <summary>Days of recent popularity, above 0.</summary>
    public double RecentDays { get; init; } = 7;

    /// <summary>Days in which an interaction loses half its weight, in SAR and in the blend; 0 for never.</summary>
    public double HalfLifeDays { get; init; }

    /// <summary>γ of the blend: γ·log(1 + decayed popularity) is added to every score; 0 for none.</summary>
    public double PopularityWeight { get; init; }
}
