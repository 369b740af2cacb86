namespace Landfall.Estate.Products;

/// <summary>A table of a product: one SQL file, or computed by the product's kind.</summary>
public sealed record ProductTable
{
    /// <summary>The table's name, as in the contract.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the product's kind computes it, and no SQL.</summary>
    public bool IsComputed { get; init; }

    /// <summary>The SQL file's path relative to the estate's folder; the manifest's for a computed table.</summary>
    public required string SqlFile { get; init; }

    /// <summary>The text of the SQL file; empty for a computed table.</summary>
    public required string Sql { get; init; }

    /// <summary>How the table is kept up to date by parts; null builds it whole.</summary>
    public required IncrementalRule? Incremental { get; init; }
}
