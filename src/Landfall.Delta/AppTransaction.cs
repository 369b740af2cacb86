namespace Landfall.Delta;

/// <summary>The newest version that an application recorded with its data; what makes loads exactly-once.</summary>
/// <param name="AppId">Who.</param>
/// <param name="Version">The application's own counter.</param>
/// <param name="LastUpdated">Milliseconds since 1970-01-01 UTC; null where the log does not say.</param>
public sealed record AppTransaction(string AppId, long Version, long? LastUpdated);
