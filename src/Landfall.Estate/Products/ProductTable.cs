namespace Landfall.Estate.Products;

/// <summary>A table of a product: one SQL file, or a table of its model.</summary>
public sealed record ProductTable
{
    /// <summary>The table's name, as in the contract.</summary>
    public required string Name { get; init; }

    /// <summary>What it is of a model; null for a table of SQL.</summary>
    public ModelTable? Model { get; init; }

    /// <summary>The SQL file's path relative to the estate's folder; the manifest's for a table of a model.</summary>
    public required string SqlFile { get; init; }

    /// <summary>The text of the SQL file; empty for a table of a model.</summary>
    public required string Sql { get; init; }

    /// <summary>How the table is kept up to date by parts; null builds it whole.</summary>
    public required IncrementalRule? Incremental { get; init; }
}
