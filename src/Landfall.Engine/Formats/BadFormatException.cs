namespace Landfall.Engine.Formats;

/// <summary>A file as a whole is not what its format says, so that its rows cannot be told.</summary>
/// <param name="problem">What is wrong, a clause that quotes no values: "its header has a column twice".</param>
public sealed class BadFormatException(string problem) : Exception(problem);
