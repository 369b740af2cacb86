namespace Landfall.Estate.Integrations;

/// <summary>How a table follows its source.</summary>
public enum LoadMode
{
    /// <summary>New files, or rows by cursor with overlap, are added.</summary>
    Append,

    /// <summary>The newest whole copy replaces the table; an unchanged one makes no commit.</summary>
    Snapshot,

    /// <summary>Rows by key and cursor replace the older row of their key.</summary>
    Upsert,
}
