namespace Landfall.Engine.DuckDb.Checking;

/// <summary>How far a check is.</summary>
/// <param name="Versions">Log entries read.</param>
/// <param name="Files">Data files checked.</param>
/// <param name="FilesInAll">Data files to check; 0 while the log is read.</param>
public readonly record struct CheckProgress(long Versions, int Files, int FilesInAll);
