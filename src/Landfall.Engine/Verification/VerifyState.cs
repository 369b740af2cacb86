namespace Landfall.Engine.Verification;

/// <summary>What a verification found.</summary>
public enum VerifyState
{
    /// <summary>The table has exactly the rows of a full rebuild.</summary>
    Equal,

    /// <summary>It has not.</summary>
    Differs,

    /// <summary>It could not be told.</summary>
    Unverified,
}
