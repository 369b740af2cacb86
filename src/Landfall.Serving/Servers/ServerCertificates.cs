using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Serving.Servers;

/// <summary>
/// An authority of the home's own and the certificate it gives the embedded server, in a folder that only its owner
/// reads. The authority lasts ten years; the server's certificate is renewed when less than a month is left.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="clock">Time.</param>
public sealed class ServerCertificates(string folder, TimeProvider clock)
{
    private const string AuthorityName = "ca.crt";
    private const string AuthorityKeyName = "ca.key";
    private static readonly TimeSpan _leeway = TimeSpan.FromDays(1);

    /// <summary>The authority's certificate, for people to trust.</summary>
    public string AuthorityFile { get; } = Path.Combine(folder, AuthorityName);

    private string AuthorityKeyFile => Path.Combine(folder, AuthorityKeyName);

    /// <summary>Certificate and key in one file, so that none is ever with another's.</summary>
    private string ServerFile => Path.Combine(folder, "server.pem");

    /// <summary>The authority's certificate in PEM; it is made where it is missing.</summary>
    /// <exception cref="LandfallException">LF4321: it cannot be read.</exception>
    public string AuthorityPem()
    {
        _ = Ensure();
        return File.ReadAllText(AuthorityFile);
    }

    /// <summary>The server's certificate, made or renewed where that is due.</summary>
    /// <exception cref="LandfallException">LF4321: what is there cannot be read.</exception>
    public ServerCertificate Ensure()
    {
        try
        {
            if (!File.Exists(AuthorityKeyFile))
            {
                MakeAuthority();
            }

            if (!File.Exists(ServerFile) || IsDue())
            {
                MakeServer();
            }

            return Read();
        }
        catch (CryptographicException problem)
        {
            throw new LandfallException(
                ServingCodes.Certificates,
                $"The certificates in {folder} cannot be read: {problem.Message} Nothing was started or changed. "
                + "Remove the folder: new ones are made, which people have to trust anew ('landfall ca export').",
                problem);
        }
    }

    /// <summary>Of two processes that make it at once, the folder of the first stays.</summary>
    private void MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Landfall local authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = clock.GetUtcNow();
        using X509Certificate2 made = request.CreateSelfSigned(now - _leeway, now.AddYears(10));
        string unfinished = $"{folder}.{Guid.NewGuid():N}";
        PrivateFile.CreateFolder(unfinished);
        PrivateFile.Create(Path.Combine(unfinished, AuthorityKeyName), Bytes(key.ExportPkcs8PrivateKeyPem()));
        PrivateFile.Create(Path.Combine(unfinished, AuthorityName), Bytes(made.ExportCertificatePem()));
        try
        {
            PosixCalls.Rename(unfinished, folder);
        }
        catch (StorageException) when (File.Exists(AuthorityKeyFile))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    private void MakeServer()
    {
        using var authority = X509Certificate2.CreateFromPemFile(AuthorityFile, AuthorityKeyFile);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={EmbeddedSqlServer.HostName}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(EmbeddedSqlServer.HostName);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1", "TLS server")], false));
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset last = new(authority.NotAfter.ToUniversalTime());
        using X509Certificate2 made = request.Create(
            authority, now - _leeway, now.AddYears(1) < last ? now.AddYears(1) : last,
            RandomNumberGenerator.GetBytes(16));
        PrivateFile.Replace(
            ServerFile, Bytes($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}"));
    }

    private ServerCertificate Read()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(ServerFile);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        return new(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private bool IsDue()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(ServerFile);
        return certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow().UtcDateTime.AddDays(30);
    }

    private static byte[] Bytes(string pem) => Encoding.ASCII.GetBytes(pem + "\n");
}
