namespace Landfall.Sql;

/// <summary>Where a part of a query for Spark comes from.</summary>
/// <param name="At">Where it begins in the SQL, from 0.</param>
/// <param name="Line">Line in the query's file, from 1.</param>
/// <param name="Column">Column in the query's file, from 1.</param>
public sealed record SparkPlace(int At, int Line, int Column);
