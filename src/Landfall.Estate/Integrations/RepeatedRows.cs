namespace Landfall.Estate.Integrations;

/// <summary>Which rows of a batch may be those of an earlier one.</summary>
public enum RepeatedRows
{
    /// <summary>None: each row comes once.</summary>
    None,

    /// <summary>Those of a file that is there again with new content, which replaces the old.</summary>
    OfTheSameFile,

    /// <summary>Any: a batch may bring again what an earlier one brought.</summary>
    Any,
}
