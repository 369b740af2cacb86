using Landfall.Estate;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql;

/// <summary>A table that a query reads.</summary>
/// <param name="Name">The table's name, in lower case.</param>
/// <param name="Location">Where the query names it first.</param>
public sealed record TableReference(TableName Name, SourceLocation Location);
