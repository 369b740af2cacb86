namespace Landfall.Sources.Files;

/// <summary>A source file is not as it was found any more: it is being written, or gone.</summary>
internal sealed class FileChangedException() : Exception("The file changed while it was read.");
