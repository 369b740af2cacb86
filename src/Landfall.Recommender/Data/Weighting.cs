namespace Landfall.Recommender.Data;

/// <summary>How interactions of an account with a service become the weight of the service.</summary>
public sealed record Weighting
{
    /// <summary>1 for every service that was used.</summary>
    public static Weighting Binary { get; } = new();

    /// <summary>Whether amounts are added up; otherwise each interaction counts 1, and several count once.</summary>
    public bool Amounts { get; init; }

    /// <summary>Days in which an interaction loses half its weight; 0 for never. Needs times.</summary>
    public double HalfLifeDays { get; init; }
}
