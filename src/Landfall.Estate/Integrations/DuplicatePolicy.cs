namespace Landfall.Estate.Integrations;

/// <summary>What becomes of rows that repeat the primary key or a unique value of their table.</summary>
public enum DuplicatePolicy
{
    /// <summary>The first row stays, the others are quarantined.</summary>
    Quarantine,

    /// <summary>Nothing of what was read is committed.</summary>
    Fail,
}
