using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql;

/// <summary>Whether a query of a person may run, and what it reads.</summary>
public sealed record AdHocAnalysis
{
    /// <summary>The query for DuckDB, macros expanded; empty if it has errors.</summary>
    public required string Sql { get; init; }

    /// <summary>The tables it reads, each once.</summary>
    public required ImmutableArray<TableReference> Tables { get; init; }

    /// <summary>Why it may not run.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>Whether it may run.</summary>
    public bool Allowed => Diagnostics.IsEmpty;
}
