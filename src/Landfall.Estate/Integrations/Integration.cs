using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Contracts;

namespace Landfall.Estate.Integrations;

/// <summary>Copies data as-is from a source system into its zone; transforms nothing.</summary>
public sealed record Integration
{
    /// <summary>The integration's id, unique in its zone across integrations and products.</summary>
    public required string Id { get; init; }

    /// <summary>Id of its zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Owning group.</summary>
    public required string Owner { get; init; }

    /// <summary>Id of its pool.</summary>
    public required string Pool { get; init; }

    /// <summary>What it has of its own in Azure.</summary>
    public AzureUnit Azure { get; init; } = AzureUnit.Shared;

    /// <summary>Where the data comes from.</summary>
    public required Source Source { get; init; }

    /// <summary>Tables in the order of the manifest; each has its columns in the contract.</summary>
    public required ImmutableArray<IntegrationTable> Tables { get; init; }

    /// <summary>How it is served: <c>sql</c>; empty for not at all.</summary>
    public ImmutableArray<string> Serve { get; init; } = [];

    /// <summary>Whether its tables are read by SQL.</summary>
    public bool ServesSql => Serve.Contains("sql");

    /// <summary>Share of rows, 0 to 1, that may be quarantined before a batch fails; 0.01 unless set.</summary>
    public required double QuarantineThreshold { get; init; }

    /// <summary>What the tables promise.</summary>
    public required Contract Contract { get; init; }

    /// <summary>The id as SQL has it.</summary>
    public string SqlName => TableName.SqlName(Id);
}
