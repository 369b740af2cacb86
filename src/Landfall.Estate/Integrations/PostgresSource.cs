namespace Landfall.Estate.Integrations;

/// <summary>A PostgreSQL database. Values may hold <c>${secret:NAME}</c>, resolved when a step starts.</summary>
/// <param name="Host">
/// Host; checked with the port against the management zone's egress rules: as far as both are known when validating,
/// whole once secrets are resolved.
/// </param>
/// <param name="Port">Port number or a secret reference.</param>
/// <param name="Database">Database name.</param>
/// <param name="User">User name or a secret reference.</param>
/// <param name="Password">A secret reference; a literal password is refused.</param>
public sealed record PostgresSource(string Host, string Port, string Database, string User, string Password)
    : Source("postgres")
{
    /// <summary>How the connection is protected.</summary>
    public PostgresTls Tls { get; init; }

    /// <summary>
    /// A reference to the secret that holds certificates of authorities in PEM; empty for those of the machine.
    /// </summary>
    public string TlsAuthority { get; init; } = "";
}
