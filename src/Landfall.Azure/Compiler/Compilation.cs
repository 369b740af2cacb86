using System.Collections.Immutable;

namespace Landfall.Azure.Compiler;

/// <summary>A compiled file of parameters with its template.</summary>
/// <param name="Success">Whether there are a template and parameters.</param>
/// <param name="Diagnostics">What the compiler reports of all files.</param>
/// <param name="Parameters">The parameters as JSON; null where it failed.</param>
/// <param name="Template">The template as ARM JSON; null where it failed.</param>
public sealed record Compilation(
    bool Success, ImmutableArray<BicepDiagnostic> Diagnostics, string? Parameters, string? Template);
