using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads <c>postgres</c> of a target: the server of one's own that serves tables.</summary>
internal static class ExternalPostgresManifest
{
    private const string StandardPort = "5432";

    /// <summary>The server; null where none is named.</summary>
    public static ExternalPostgres? Read(Section target)
    {
        if (target.Nested("postgres", "The server", required: false) is not { } section)
        {
            return null;
        }

        foreach (string part in (string[])["host", "port", "user", "password", "tlsAuthority"])
        {
            Secrets.CheckReferences(section, part);
        }

        ExternalPostgres server = new(
            section.Text("host"), PostgresParts.Port(section, StandardPort), section.Text("user"),
            PostgresParts.Password(section))
        {
            Tls = PostgresParts.Tls(section),
            TlsAuthority = PostgresParts.Authority(section),
        };
        section.Close();
        return server;
    }
}
