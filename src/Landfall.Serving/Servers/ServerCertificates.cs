using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan _leeway = TimeSpan.FromDays(1);

    /// <summary>The authority's certificate, for people to trust.</summary>
    public string AuthorityFile { get; } = Path.Combine(folder, "ca.crt");

    private string AuthorityKeyFile => Path.Combine(folder, "ca.key");

    private string ServerFile => Path.Combine(folder, "server.crt");

    private string ServerKeyFile => Path.Combine(folder, "server.key");

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
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        try
        {
            if (!File.Exists(AuthorityFile) || !File.Exists(AuthorityKeyFile))
            {
                MakeAuthority();
            }

            if (!File.Exists(ServerFile) || !File.Exists(ServerKeyFile) || IsDue())
            {
                MakeServer();
            }

            return new(File.ReadAllText(ServerFile), File.ReadAllText(ServerKeyFile));
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

    private void MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Landfall local authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = clock.GetUtcNow();
        using X509Certificate2 made = request.CreateSelfSigned(now - _leeway, now.AddYears(10));
        Write(AuthorityKeyFile, key.ExportPkcs8PrivateKeyPem());
        Write(AuthorityFile, made.ExportCertificatePem());
        File.Delete(ServerFile);
    }

    private void MakeServer()
    {
        using X509Certificate2 authority = X509Certificate2.CreateFromPemFile(AuthorityFile, AuthorityKeyFile);
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
        Write(ServerKeyFile, key.ExportPkcs8PrivateKeyPem());
        Write(ServerFile, made.ExportCertificatePem());
    }

    private bool IsDue()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(ServerFile, ServerKeyFile);
        return certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow().UtcDateTime.AddDays(30);
    }

    private static void Write(string path, string content)
    {
        string unfinished = path + ".new";
        File.Delete(unfinished);
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (StreamWriter writer = new(unfinished, options))
        {
            writer.Write(content + "\n");
        }

        PosixCalls.Rename(unfinished, path);
    }
}
