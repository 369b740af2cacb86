using Landfall.Estate;

namespace Landfall.Recommender.Temporal;

/// <summary>There is too little to learn from or to measure on, which every estate begins with.</summary>
/// <param name="code">LF4403 or LF4405.</param>
/// <param name="message">What is missing.</param>
public sealed class TooLittleDataException(string code, string message) : LandfallException(code, message);
