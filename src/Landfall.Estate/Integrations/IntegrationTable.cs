using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>One table of an integration: what is read of the source and how the table follows it.</summary>
public sealed record IntegrationTable
{
    /// <summary>The table's name, as in the contract.</summary>
    public required string Name { get; init; }

    /// <summary>How the table follows its source.</summary>
    public required LoadMode Mode { get; init; }

    /// <summary>How it is read, as the source's kind has it.</summary>
    public required TableReading Reading { get; init; }

    /// <summary>IANA zone of source timestamps without offset; empty refuses them.</summary>
    public string SourceTimeZone { get; init; } = "";

    /// <summary>What becomes of rows that repeat a key of the contract.</summary>
    public DuplicatePolicy OnDuplicate { get; init; }

    /// <summary>Source column by contract column where the names differ.</summary>
    public ImmutableDictionary<string, string> Rename { get; init; } = ImmutableDictionary<string, string>.Empty;
}
