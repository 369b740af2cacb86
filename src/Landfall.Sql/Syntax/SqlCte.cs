namespace Landfall.Sql.Syntax;

/// <summary>A query of a WITH clause.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="Query">The query.</param>
internal sealed record SqlCte(string Name, SqlQuery Query);
