namespace Landfall.Engine.Build;

/// <summary>A table that a computation reads.</summary>
/// <param name="Table">Its SQL name.</param>
/// <param name="Version">The version read.</param>
/// <param name="Select">A select of its rows.</param>
/// <param name="Changes">A select of the rows that came and went since the last build; null for none.</param>
/// <param name="Previous">A select of its rows at the last build; null where they did not change.</param>
public sealed record ComputeInput(string Table, long Version, string Select, string? Changes, string? Previous);
