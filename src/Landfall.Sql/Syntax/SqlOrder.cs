namespace Landfall.Sql.Syntax;

/// <summary>One key of an ORDER BY.</summary>
/// <param name="Expression">What is ordered by.</param>
/// <param name="SaysNulls">Whether NULLS FIRST or NULLS LAST is written.</param>
/// <param name="IsDescending">DESC.</param>
/// <param name="NullsFirst">Whether nulls come first; where it is not written, they do so in rising order.</param>
internal sealed record SqlOrder(SqlExpression Expression, bool SaysNulls, bool IsDescending, bool NullsFirst);
