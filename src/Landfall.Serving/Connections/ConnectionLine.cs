namespace Landfall.Serving.Connections;

/// <summary>How a tool connects, on one line to copy.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Text">The line; it holds no password.</param>
/// <param name="Note">What to do with the line, and where the password comes from.</param>
public sealed record ConnectionLine(string Tool, string Text, string Note);
