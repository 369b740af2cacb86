namespace Landfall.Sql.Syntax;

/// <summary>One key of an ORDER BY.</summary>
/// <param name="Expression">What is ordered by.</param>
/// <param name="SaysNulls">Whether NULLS FIRST or NULLS LAST is written.</param>
internal sealed record SqlOrder(SqlExpression Expression, bool SaysNulls);
