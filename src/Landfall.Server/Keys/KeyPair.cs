namespace Landfall.Server.Keys;

/// <summary>A key file's content.</summary>
/// <param name="Primary">The primary key.</param>
/// <param name="Secondary">The secondary key.</param>
internal sealed record KeyPair(string? Primary, string? Secondary);
