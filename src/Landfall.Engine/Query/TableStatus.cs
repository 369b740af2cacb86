using Landfall.Engine.Lakes;

namespace Landfall.Engine.Query;

/// <summary>How a table of the lake stands.</summary>
public sealed record TableStatus
{
    /// <summary>The table.</summary>
    public required CatalogTable Table { get; init; }

    /// <summary>Newest version; −1 where the table has no data yet.</summary>
    public required long Version { get; init; }

    /// <summary>Rows; −1 where statistics do not say.</summary>
    public required long Rows { get; init; }

    /// <summary>Data files.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes in data files.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the newest version was committed; null where there is none.</summary>
    public required DateTimeOffset? Committed { get; init; }

    /// <summary>Source time of the newest data the table reflects; null where unknown.</summary>
    public required DateTimeOffset? SourceTime { get; init; }

    /// <summary>Age of that data now; null where unknown.</summary>
    public required TimeSpan? Age { get; init; }

    /// <summary>How old the contract allows it to be; null where it promises nothing.</summary>
    public TimeSpan? Promise => Table.Contract?.Freshness;

    /// <summary>Whether the contract's promise is kept; null where nothing is promised or known.</summary>
    public bool? Fresh => Age is null || Promise is null ? null : Age <= Promise;
}
