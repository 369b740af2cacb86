namespace Landfall.Engine.Analysis;

/// <summary>What a task does with a product's files that are no tables.</summary>
public enum ArtifactUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It reads them.</summary>
    Read,

    /// <summary>It adds to them.</summary>
    Write,
}
