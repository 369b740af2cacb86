namespace Landfall.Engine.Publishing;

/// <summary>What a publication would do.</summary>
/// <param name="WillPublish">Whether it has anything to do.</param>
/// <param name="Reason">Why, or why not; one phrase.</param>
public sealed record PublicationOutlook(bool WillPublish, string Reason);
