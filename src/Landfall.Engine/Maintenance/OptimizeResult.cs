namespace Landfall.Engine.Maintenance;

/// <summary>What joining a table's small files did.</summary>
/// <param name="Version">The version it made last; without commits, the one that was there before.</param>
/// <param name="Commits">Commits made; 0 where there was nothing to do.</param>
/// <param name="RemovedFiles">Small files that went.</param>
/// <param name="RemovedBytes">Their bytes.</param>
/// <param name="AddedFiles">Files that came in their place.</param>
/// <param name="AddedBytes">Their bytes.</param>
public sealed record OptimizeResult(
    long Version, int Commits, int RemovedFiles, long RemovedBytes, int AddedFiles, long AddedBytes);
