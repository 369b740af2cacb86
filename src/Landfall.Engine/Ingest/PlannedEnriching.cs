namespace Landfall.Engine.Ingest;

/// <summary>What an enrich step would do.</summary>
/// <param name="MayRun">Whether it has something to do, or that is not known before the source is read.</param>
/// <param name="Reason">Why, as a phrase.</param>
/// <param name="Whole">Whether the table would be made anew.</param>
internal sealed record PlannedEnriching(bool MayRun, string Reason, bool Whole);
