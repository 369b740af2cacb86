using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Sql;

namespace Landfall.Engine.Analysis;

/// <summary>How a product's table is built: by a compiled query or a computation, with its inputs known.</summary>
public sealed record BuildDefinition
{
    /// <summary>The table.</summary>
    public required CatalogTable Table { get; init; }

    /// <summary>The product.</summary>
    public required Product Product { get; init; }

    /// <summary>Its entry in the product's manifest, with the SQL as written.</summary>
    public required ProductTable Source { get; init; }

    /// <summary>Tables it reads, in order of name.</summary>
    public required ImmutableArray<TableName> Reads { get; init; }

    /// <summary>
    /// The portable query that computes it, macros unexpanded; for a computed table the query that gives the same,
    /// empty where there is none.
    /// </summary>
    public required string Query { get; init; }

    /// <summary>The same for DuckDB where it must be told more, as of the digits of products; else null.</summary>
    public string? DuckDbQuery { get; init; }

    /// <summary>The same for Spark; null for a computed table.</summary>
    public SparkQuery? SparkQuery { get; init; }

    /// <summary>The expressions of <see cref="Rule"/> for Spark, by input.</summary>
    public ImmutableSortedDictionary<TableName, string> SparkExpressions { get; init; } =
        ImmutableSortedDictionary<TableName, string>.Empty;

    /// <summary>How a worker computes it; null for a table of SQL.</summary>
    public Computation? Computed { get; init; }

    /// <summary>The incremental rule; null builds whole.</summary>
    public required IncrementalRule? Rule { get; init; }

    /// <summary>Changes when the SQL, its macros or the incremental rule change what is computed.</summary>
    public required string CodeFingerprint { get; init; }

    /// <summary>What earlier versions recorded as the fingerprint of the same code; null for no other.</summary>
    public string? LegacyFingerprint { get; init; }

    /// <summary>Changes when the contract's names, types, keys or rules of the table change.</summary>
    public required string ContractFingerprint { get; init; }

    /// <summary>Whether a table that recorded a fingerprint was built by the code that the estate has now.</summary>
    public bool IsBuiltBy(string? recorded) =>
        recorded is not null && (recorded == CodeFingerprint || recorded == LegacyFingerprint);

    /// <summary>The select that computes it, every column cast to its contract type, in a dialect.</summary>
    /// <exception cref="InvalidOperationException">Spark's of a computed table.</exception>
    public string Compile(SqlDialect dialect) =>
        dialect == SqlDialect.DuckDb ? SqlCompiler.Compile(DuckDbQuery ?? Query, Table.Table)
        : SparkQuery is { } query ? SqlCompiler.Compile(query, Table.Table)
        : throw new InvalidOperationException($"{Table.Name} is not computed by a query.");
}
