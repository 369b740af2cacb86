using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Serving.Schemas;

namespace Landfall.Serving.Publishing;

/// <summary>How the rows of a table are brought to a version.</summary>
internal sealed record TablePublication
{
    /// <summary>The table.</summary>
    public required ServedTable Table { get; init; }

    /// <summary>Id of the Delta table; empty where it has no data yet.</summary>
    public required string DeltaId { get; init; }

    /// <summary>The version to publish; −1 where it has no data yet.</summary>
    public required long Version { get; init; }

    /// <summary>Files whose rows are copied.</summary>
    public ImmutableArray<PinnedFile> Files { get; init; } = [];

    /// <summary>Rows of these files by their statistics; null where one has none.</summary>
    public long? Rows { get; init; }

    /// <summary>Whether rows of the table go: all, or those of <see cref="Values"/>.</summary>
    public bool Removes { get; init; }

    /// <summary>Values of the partition column whose rows go and are copied anew; empty for the whole table.</summary>
    public ImmutableArray<string?> Values { get; init; } = [];

    /// <summary>Why, as a phrase; empty where nothing of the table changes.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether its rows change.</summary>
    public bool IsChange => Reason.Length > 0;
}
