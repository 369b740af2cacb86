namespace Landfall.Recommender.Training;

/// <summary>
/// How alike two services are, by the accounts that use them: c_ij both, c_ii the one, c_jj the other.
/// </summary>
public enum Similarity
{
    /// <summary>c_ij.</summary>
    Cooccurrence,

    /// <summary>c_ij / (c_ii + c_jj − c_ij).</summary>
    Jaccard,

    /// <summary>c_ij / (c_ii · c_jj).</summary>
    Lift,

    /// <summary>c_ij / √(c_ii · c_jj).</summary>
    Cosine,
}
