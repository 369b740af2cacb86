using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql;

/// <summary>What binding a query to the contracts of its tables gave.</summary>
/// <param name="Columns">The columns the query puts out; empty if it does not bind.</param>
/// <param name="Diagnostics">Why it does not bind, and how its columns differ from the contract.</param>
/// <param name="DuckDbQuery">
/// The text as DuckDB is to run it, macros unexpanded: decimals have the digits that SQL gives them. Null where that is
/// the text as it stands in the file.
/// </param>
/// <param name="SparkQuery">The query as Spark is to run it; null where a diagnostic is an error.</param>
public sealed record SqlBinding(
    ImmutableArray<BoundColumn> Columns, ImmutableArray<Diagnostic> Diagnostics, string? DuckDbQuery = null,
    SparkQuery? SparkQuery = null);
