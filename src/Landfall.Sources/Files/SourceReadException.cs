namespace Landfall.Sources.Files;

/// <summary>A source file cannot be read. The message is a phrase without file name and full stop.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="cause">What the system said.</param>
internal sealed class SourceReadException(string problem, Exception cause) : Exception(problem, cause);
