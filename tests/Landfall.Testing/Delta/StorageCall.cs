namespace Landfall.Testing.Delta;

/// <summary>A call that changes a folder.</summary>
/// <param name="Number">Its number among all of them, from 1.</param>
/// <param name="Kind">What it does: write, fsync, fsync-folder, link, rename, unlink or mkdir.</param>
/// <param name="Path">The file or folder; of a link or rename, the new name.</param>
public sealed record StorageCall(int Number, string Kind, string Path);
