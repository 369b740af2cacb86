namespace Landfall.Estate.Products;

/// <summary>A table of a product: one SQL file.</summary>
public sealed record ProductTable
{
    /// <summary>The table's name, as in the contract.</summary>
    public required string Name { get; init; }

    /// <summary>The SQL file's path relative to the estate's folder.</summary>
    public required string SqlFile { get; init; }

    /// <summary>The text of the SQL file.</summary>
    public required string Sql { get; init; }

    /// <summary>How the table is kept up to date by parts; null builds it whole.</summary>
    public required IncrementalRule? Incremental { get; init; }
}
