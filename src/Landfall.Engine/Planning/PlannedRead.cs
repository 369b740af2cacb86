using Landfall.Estate;

namespace Landfall.Engine.Planning;

/// <summary>A read of another zone's table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Permission">What permits it, for example the agreement.</param>
public sealed record PlannedRead(TableName Table, string Permission);
