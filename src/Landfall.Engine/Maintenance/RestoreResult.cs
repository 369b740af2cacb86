namespace Landfall.Engine.Maintenance;

/// <summary>What a restore did.</summary>
/// <param name="Restored">The version whose content the table has now.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Changed">Whether a commit was made; false where the table had that content already.</param>
/// <param name="RestoredFiles">Files that came back.</param>
/// <param name="RestoredBytes">Their bytes.</param>
/// <param name="RemovedFiles">Files that went.</param>
/// <param name="RemovedBytes">Their bytes.</param>
public sealed record RestoreResult(
    long Restored, long Version, bool Changed, int RestoredFiles, long RestoredBytes, int RemovedFiles,
    long RemovedBytes);
