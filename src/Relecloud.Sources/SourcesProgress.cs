namespace Relecloud.Sources;

/// <summary>How far the simulator is.</summary>
/// <param name="DaysDone">Simulated days worked through, those of earlier runs included.</param>
/// <param name="DaysTotal">Days there will be.</param>
/// <param name="Events">Lines of telemetry so far.</param>
public sealed record SourcesProgress(int DaysDone, int DaysTotal, long Events);
