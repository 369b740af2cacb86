namespace Landfall.Estate.Azure;

/// <summary>A file of a zone's policies of Azure, as it stands.</summary>
/// <param name="Path">Path relative to the estate's folder, with <c>/</c>.</param>
/// <param name="Text">Its text.</param>
public sealed record PolicyFile(string Path, string Text);
