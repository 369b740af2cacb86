using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate;

/// <summary>What reading an estate's folder gave.</summary>
/// <param name="Estate">The estate; null when there is an error among the diagnostics.</param>
/// <param name="Diagnostics">Every problem found, in order of file, line and column.</param>
/// <param name="Readable">
/// What could be read of the estate, also with errors: enough to look for more of them, not to run. Null where its head
/// could not be read.
/// </param>
public sealed record EstateLoadResult(
    EstateDefinition? Estate, ImmutableArray<Diagnostic> Diagnostics, EstateDefinition? Readable = null);
