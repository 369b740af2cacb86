namespace Landfall.Serving;

/// <summary>Where a zone's tables are read by SQL: a database of a PostgreSQL server that speaks TLS.</summary>
/// <param name="Host">Name or address of the server, as its certificate has it.</param>
/// <param name="Port">Its port.</param>
/// <param name="Database">The zone's database.</param>
/// <param name="CertificateFile">
/// Absolute path of the certificate of the authority that signed the server's; null where the machine trusts it.
/// </param>
public sealed record SqlAddress(string Host, int Port, string Database, string? CertificateFile = null)
{
    /// <summary><c>host:port</c>; an IPv6 address stands in brackets.</summary>
    public string Server => $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
