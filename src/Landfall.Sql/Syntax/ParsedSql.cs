using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Text;

namespace Landfall.Sql.Syntax;

/// <summary>What the parser made of a text.</summary>
/// <param name="Query">The one SELECT; null when there is none, and then there is a diagnostic.</param>
/// <param name="Map">The way from places of the tree to the file.</param>
/// <param name="Diagnostics">Why it did not parse, and wrong macros.</param>
internal sealed record ParsedSql(SqlQuery? Query, TextMap Map, ImmutableArray<Diagnostic> Diagnostics);
