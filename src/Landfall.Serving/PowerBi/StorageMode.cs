namespace Landfall.Serving.PowerBi;

/// <summary>Where Power BI computes.</summary>
public enum StorageMode
{
    /// <summary>In a copy that a refresh brings up to date.</summary>
    Import,

    /// <summary>In the database, which every visual asks.</summary>
    DirectQuery,
}
