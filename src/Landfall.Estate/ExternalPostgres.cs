using Landfall.Estate.Integrations;

namespace Landfall.Estate;

/// <summary>A PostgreSQL server of one's own that serves tables. Host, port and user may hold secrets.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">The port; <c>5432</c> unless set.</param>
/// <param name="User">A superuser, or a role with <c>CREATEDB</c> and <c>CREATEROLE</c>.</param>
/// <param name="Password">One reference to a secret.</param>
public sealed record ExternalPostgres(string Host, string Port, string User, string Password)
{
    /// <summary>How the connection is protected.</summary>
    public PostgresTls Tls { get; init; } = PostgresTls.ByHost;

    /// <summary>
    /// One reference to a secret with the certificate, in PEM, of who vouches for the server; empty for those that the
    /// system trusts.
    /// </summary>
    public string TlsAuthority { get; init; } = "";
}
