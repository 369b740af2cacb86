namespace Landfall.Azure.Planning;

/// <summary>What becomes of a resource.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It has other properties.</summary>
    Changed,

    /// <summary>No deployment makes it any more.</summary>
    Removed,
}
