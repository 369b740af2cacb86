namespace Landfall.Engine.Engines;

/// <summary>What becomes of the rows read and of those the table has.</summary>
public enum EnrichMode
{
    /// <summary>All rows are added; rows of named sources go.</summary>
    Append,

    /// <summary>Rows that the table has already, as often as it has them, are not added again.</summary>
    Difference,

    /// <summary>The newest row of a key stays.</summary>
    Upsert,

    /// <summary>The rows are the table.</summary>
    Replace,
}
