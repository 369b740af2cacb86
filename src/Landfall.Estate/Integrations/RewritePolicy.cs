namespace Landfall.Estate.Integrations;

/// <summary>What happens when a landed path has new content.</summary>
public enum RewritePolicy
{
    /// <summary>The old rows of the path go and the new rows come in one commit.</summary>
    Replace,

    /// <summary>The batch fails.</summary>
    Fail,

    /// <summary>The new rows are added beside the old ones.</summary>
    Append,
}
