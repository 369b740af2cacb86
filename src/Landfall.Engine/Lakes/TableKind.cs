namespace Landfall.Engine.Lakes;

/// <summary>What a table of the catalogue is.</summary>
public enum TableKind
{
    /// <summary>An integration's table in enriched.</summary>
    Enriched,

    /// <summary>Rows of an integration's table that broke the contract.</summary>
    Quarantine,

    /// <summary>A product's table in curated.</summary>
    Product,

    /// <summary>A table of the management zone: runs, meters, audit.</summary>
    Platform,
}
