namespace Landfall.Engine.Formats.Compression;

/// <summary>Compressed data is truncated or damaged. The message is a phrase without file name and full stop.</summary>
/// <param name="problem">What is wrong.</param>
public sealed class DamagedFileException(string problem) : Exception(problem);
