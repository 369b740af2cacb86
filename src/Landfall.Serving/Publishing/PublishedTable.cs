namespace Landfall.Serving.Publishing;

/// <summary>A table as it was published.</summary>
/// <param name="DeltaId">Id of the Delta table; empty where it had no data yet.</param>
/// <param name="Version">Version of the Delta table; −1 where it had no data yet.</param>
/// <param name="Changed">Whether somebody else changed its rows since.</param>
internal sealed record PublishedTable(string DeltaId, long Version, bool Changed);
