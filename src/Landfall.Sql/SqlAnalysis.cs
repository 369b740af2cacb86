using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql;

/// <summary>What a query's text says by itself, without its tables.</summary>
public sealed record SqlAnalysis
{
    /// <summary>The query's file, relative to the estate.</summary>
    public required string File { get; init; }

    /// <summary>The text as it stands in the file.</summary>
    public required string Text { get; init; }

    /// <summary>The tables it reads, each once, in the order of their first place.</summary>
    public required ImmutableArray<TableReference> Inputs { get; init; }

    /// <summary>Names of the columns it puts out, in order; empty when the text does not say.</summary>
    public required ImmutableArray<string> OutputColumns { get; init; }

    /// <summary>Where each output column stands, by name in any case.</summary>
    public required ImmutableDictionary<string, SourceLocation> OutputPlaces { get; init; }

    /// <summary>Every problem found, in order of place.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Whether a diagnostic is an error; then the query must not be compiled.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
