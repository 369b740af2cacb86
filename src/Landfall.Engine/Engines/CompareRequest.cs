using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>
/// What an engine needs to compare a table with its full rebuild. It writes to the scratch folder only.
/// </summary>
public sealed record CompareRequest
{
    /// <summary>The portable query that builds the table whole; null where <see cref="Rebuilt"/> is given.</summary>
    public required string? Query { get; init; }

    /// <summary>
    /// The same query for an engine whose products of decimals have fewer digits than SQL gives them; null where that
    /// is the query as it stands.
    /// </summary>
    public string? WidenedQuery { get; init; }

    /// <summary>The tables that the query reads.</summary>
    public required ImmutableArray<PinnedTable> Inputs { get; init; }

    /// <summary>The table as it was rebuilt; null where the query builds it.</summary>
    public required PinnedTable? Rebuilt { get; init; }

    /// <summary>The table as it is.</summary>
    public required PinnedTable Stored { get; init; }

    /// <summary>The column that differences are counted by; null for none.</summary>
    public required string? Column { get; init; }
}
