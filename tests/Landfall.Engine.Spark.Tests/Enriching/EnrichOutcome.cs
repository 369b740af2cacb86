namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>What an engine made of a request, as texts that are compared.</summary>
internal sealed record EnrichOutcome
{
    /// <summary>The message of its failure; empty for none.</summary>
    public string Failure { get; init; } = "";

    /// <summary>All rows of the table.</summary>
    public string[] Rows { get; init; } = [];

    /// <summary>All rows of the quarantine, but for their places in files.</summary>
    public string[] Quarantine { get; init; } = [];

    /// <summary>Rows and broken rules by batch.</summary>
    public string[] Counts { get; init; } = [];

    /// <summary>Columns and files that are named.</summary>
    public string[] Notes { get; init; } = [];
}
