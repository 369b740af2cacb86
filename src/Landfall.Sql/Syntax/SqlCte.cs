using System.Collections.Immutable;

namespace Landfall.Sql.Syntax;

/// <summary>A query of a WITH clause.</summary>
/// <param name="Name">Its name as written.</param>
/// <param name="Query">The query.</param>
/// <param name="ColumnAliases">Names for its columns behind its name; empty for none.</param>
internal sealed record SqlCte(string Name, SqlQuery Query, ImmutableArray<string> ColumnAliases);
