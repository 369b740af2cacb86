namespace Landfall.Azure.Policies.Language;

/// <summary>What a condition says, where a value that it needs may be unknown (Kleene's three values).</summary>
public enum Truth
{
    /// <summary>It does not hold.</summary>
    False,

    /// <summary>It cannot be said before the deployment.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,
}
