namespace Landfall.Engine.Maintenance;

/// <summary>A file that vacuum would delete.</summary>
/// <param name="Path">Its path relative to the table's folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was last modified.</param>
public sealed record VacuumFile(string Path, long Bytes, DateTimeOffset Modified);
