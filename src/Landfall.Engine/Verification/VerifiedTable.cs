using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Estate;

namespace Landfall.Engine.Verification;

/// <summary>What a verification found of one table. Counts only; rows are never shown.</summary>
public sealed record VerifiedTable
{
    /// <summary>The table.</summary>
    public required TableName Table { get; init; }

    /// <summary>What was found.</summary>
    public required VerifyState State { get; init; }

    /// <summary>Why it could not be told; empty where it could.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The version that was compared; −1 where there is none.</summary>
    public long Version { get; init; } = -1;

    /// <summary>Rows of the full rebuild.</summary>
    public long Rows { get; init; }

    /// <summary>The column that differences are counted by; null where the table is built whole.</summary>
    public string? Column { get; init; }

    /// <summary>Where it differs, in order of the column's value.</summary>
    public ImmutableArray<CompareDifference> Differences { get; init; } = [];

    /// <summary>Rows of the rebuild that the table lacks.</summary>
    public long Missing => Differences.Sum(d => d.Missing);

    /// <summary>Rows of the table that the rebuild lacks.</summary>
    public long Extra => Differences.Sum(d => d.Extra);
}
