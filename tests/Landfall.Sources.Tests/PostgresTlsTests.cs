using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Ingest;
using Npgsql;

namespace Landfall.Sources.Tests;

/// <summary>Encryption of connections, and the proof of who answers.</summary>
public sealed class PostgresTlsTests(SourceServer server) : IClassFixture<SourceServer>
{
    private const string Authority = ", tls: verify, tlsAuthority: \"${secret:TEST_AUTHORITY}\"";

    private static readonly X509Certificate2 Root = RootOf("Test authority");

    [Theory]
    [InlineData("")]
    [InlineData(", tls: encrypt")]
    [InlineData(", tls: off")]
    [InlineData(Authority)]
    public async Task Certificate_Right_IsTaken(string keys)
    {
        await ServeAsync(CertificateOf(Root, "127.0.0.1"));
        using IngestLake lake = Lake(keys);
        Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
    }

    [Theory]
    [InlineData(", tls: verify", "127.0.0.1")]
    [InlineData(Authority, "127.0.0.2")]
    [InlineData(Authority, "127.0.0.1", -1)]
    public async Task Certificate_Wrong_IsRefused(string keys, string host, int days = 1)
    {
        await ServeAsync(CertificateOf(Root, host, days));
        using IngestLake lake = Lake(keys);
        await RefusedAsync(lake, "does not prove that it is the host");
    }

    [Fact]
    public async Task Certificate_OfAnotherAuthority_IsRefused()
    {
        await ServeAsync(CertificateOf(RootOf("Test authority"), "127.0.0.1"));
        using IngestLake lake = Lake(Authority);
        await RefusedAsync(lake, "does not prove that it is the host");
    }

    [Fact]
    public async Task Authority_NoCertificate_IsRefused()
    {
        await ServeAsync(CertificateOf(Root, "127.0.0.1"));
        using IngestLake lake = Lake(Authority);
        lake.Secrets = lake.Secrets.SetItem("TEST_AUTHORITY", "no certificate");
        await RefusedAsync(lake, "tlsAuthority holds no certificate");
    }

    [Theory]
    [InlineData(", tls: verify", "127.0.0.1", true)]
    [InlineData(", tls: encrypt", "127.0.0.1", true)]
    [InlineData(", tls: off", "127.0.0.1", false)]
    [InlineData("", "127.0.0.1", false)]
    [InlineData("", "localhost", false)]
    public async Task Server_WithoutEncryption_IsRefusedWhereItIsNeeded(string keys, string host, bool refused)
    {
        await server.RunAsync("create table if not exists line (id bigint)");
        await server.RunAsync("alter system set ssl = off");
        await ReloadAsync(SslMode.Prefer, e => !e);
        using IngestLake lake = Lake(keys, host);
        if (refused)
        {
            await RefusedAsync(lake, "offers no encryption");
        }
        else
        {
            Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
        }
    }

    /// <summary>
    /// What is not this machine's address has to be proven by default. The server here takes what it is sent and offers
    /// no encryption.
    /// </summary>
    [Fact]
    public async Task Server_OnTheNetwork_IsAskedForProofByDefault()
    {
        IPAddress? own = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).FirstOrDefault(
                a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        Assert.SkipWhen(own is null, "This machine has no address but its own.");
        using TcpListener plain = new(own, 0);
        plain.Start();
        Task<int> received = ReceiveAsync(plain);
        using IngestLake lake = Lake("", own.ToString(), ((IPEndPoint)plain.LocalEndpoint).Port);

        await RefusedAsync(lake, "offers no encryption");
        Assert.Equal(0, await received);
    }

    [Theory]
    [InlineData(", tls: prefer", "LF1016")]
    [InlineData(", tlsAuthority: MIIE", "LF1014")]
    [InlineData(", tls: encrypt, tlsAuthority: \"${secret:TEST_AUTHORITY}\"", "LF1048")]
    [InlineData(", tlsAuthority: \"${secret:OTHER}\"", "LF1039")]
    public void Manifest_Wrong_IsRefused(string keys, string code)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => Lake(keys));
        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MIIE", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Says no to encryption, and counts what is sent all the same.</summary>
    private static async Task<int> ReceiveAsync(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[8]);
        await stream.WriteAsync("N"u8.ToArray());
        return await stream.ReadAsync(new byte[1]);
    }

    private static async Task RefusedAsync(IngestLake lake, string problem)
    {
        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);
        Assert.Equal("LF4284", refused.Code);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private IngestLake Lake(string keys, string host = "127.0.0.1", int? port = null)
    {
        string source = server.Source(more: keys)
            .Replace("127.0.0.1", "\"${secret:TEST_HOST}\"", StringComparison.Ordinal);
        IngestLake lake = server.Lake(
            "relation: public.line, mode: snapshot", ["name: id, logicalType: integer, physicalType: bigint"],
            source: port is null ? source
                : source.Replace($"\"{server.Running.Port}\"", $"{port}", StringComparison.Ordinal));
        lake.Secrets = lake.Secrets.SetItem("TEST_HOST", host)
            .SetItem("TEST_AUTHORITY", Root.ExportCertificatePem());
        return lake;
    }

    /// <summary>The server writes the files itself: they have to be its user's.</summary>
    private async Task ServeAsync(X509Certificate2 certificate)
    {
        await server.RunAsync("create table if not exists line (id bigint)");
        await WriteAsync("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await WriteAsync("server.crt", certificate.ExportCertificatePem());
        await server.RunAsync("alter system set ssl = on");
        await ReloadAsync(SslMode.Require, _ => true, certificate.GetCertHashString());
    }

    private Task WriteAsync(string name, string pem) => server.RunAsync(
        $"copy (select unnest(string_to_array($${pem}$$, chr(10)))) to program 'umask 077; cat > {name}'");

    /// <summary>Connections are of the old settings until the server has read the new ones.</summary>
    private async Task ReloadAsync(SslMode mode, Func<bool, bool> isThere, string? hash = null)
    {
        await server.RunAsync("select pg_reload_conf()");
        await Eventually.TrueAsync(async () =>
        {
            string? seen = null;
            NpgsqlConnectionStringBuilder settings = new(server.Running.ConnectionString())
            {
                SslMode = mode, Pooling = false,
            };
            NpgsqlDataSourceBuilder builder = new(settings.ConnectionString);
            if (mode == SslMode.Require)
            {
                builder.UseSslClientAuthenticationOptionsCallback(o => o.RemoteCertificateValidationCallback =
                    (_, c, _, _) => (seen = c!.GetCertHashString()) is not null);
            }

            await using NpgsqlDataSource source = builder.Build();
            try
            {
                await using NpgsqlCommand command = source.CreateCommand(
                    "select ssl from pg_stat_ssl where pid = pg_backend_pid()");
                return isThere((bool)(await command.ExecuteScalarAsync())!) && (hash is null || seen == hash);
            }
            catch (NpgsqlException)
            {
                return false;
            }
        });
    }

    private static X509Certificate2 RootOf(string name)
    {
        CertificateRequest request = new(
            $"CN={name}", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-9), Now.AddDays(9));
    }

    private static X509Certificate2 CertificateOf(X509Certificate2 root, string host, int days = 1)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=server", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        return request.Create(root, Now.AddDays(-5), Now.AddDays(days), [1, 2, 3]).CopyWithPrivateKey(key);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
