using System.Collections.Immutable;

namespace Landfall.Sql;

/// <summary>What binding a query to its tables gave: its columns, or why it does not fit them.</summary>
/// <param name="Columns">The columns in order; empty where it does not bind.</param>
/// <param name="Problem">Why it does not bind, without values; null where it does.</param>
/// <param name="At">Where in the query's text; −1 where that is not known.</param>
public sealed record BoundQuery(ImmutableArray<BoundColumn> Columns, string? Problem = null, int At = -1);
