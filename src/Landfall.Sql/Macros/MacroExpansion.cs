using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Text;

namespace Landfall.Sql.Macros;

/// <summary>Text with its macros expanded.</summary>
/// <param name="Text">The expanded text; where a macro is wrong, it stands as it was.</param>
/// <param name="Map">The way back to the query's file.</param>
/// <param name="Diagnostics">Wrong macros.</param>
internal sealed record MacroExpansion(string Text, TextMap Map, ImmutableArray<Diagnostic> Diagnostics);
