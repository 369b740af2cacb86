using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>A version or a log entry that the table does not have, or no longer.</summary>
/// <param name="code">LF4203 or LF4204.</param>
/// <param name="message">Which one.</param>
public sealed class VersionGoneException(string code, string message) : LandfallException(code, message);
