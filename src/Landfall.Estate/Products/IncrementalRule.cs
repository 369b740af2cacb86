using System.Collections.Immutable;

namespace Landfall.Estate.Products;

/// <summary>
/// Keeps a table up to date by values of one of its columns. Each row of a listed input influences only the output
/// rows whose column equals the input's expression over that row.
/// </summary>
/// <param name="Column">The output column; the table is partitioned by it.</param>
/// <param name="Inputs">The expression by input. A changed input that is not listed means a full rebuild.</param>
public sealed record IncrementalRule(string Column, ImmutableSortedDictionary<TableName, string> Inputs);
