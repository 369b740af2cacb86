using Landfall.Estate;

namespace Landfall.Sql;

/// <summary>A table that a query for Spark reads.</summary>
/// <param name="At">Where its relation stands in the SQL, from 0.</param>
/// <param name="Length">How many characters its relation has.</param>
/// <param name="Table">The table.</param>
public sealed record SparkTable(int At, int Length, TableName Table);
