namespace Landfall.Engine.Ingest;

/// <summary>What landing would do.</summary>
/// <param name="WillLand">Whether there is something new; null where only landing, into a copy, tells.</param>
/// <param name="Reason">Why, as a phrase.</param>
public sealed record LandOutlook(bool? WillLand, string Reason);
