namespace Landfall.Engine.Maintenance;

/// <summary>What vacuum deleted.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="DeletedFiles">Files deleted.</param>
/// <param name="DeletedBytes">Their bytes.</param>
/// <param name="DeletedFolders">Folders deleted because they were empty.</param>
public sealed record VacuumResult(long Version, int DeletedFiles, long DeletedBytes, int DeletedFolders);
