namespace Landfall.Serving.Servers;

/// <summary>A certificate and its key, in PEM. Its text form leaves the key out.</summary>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="KeyPem">The key: a secret.</param>
public sealed record ServerCertificate(string CertificatePem, string KeyPem)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(ServerCertificate);
}
