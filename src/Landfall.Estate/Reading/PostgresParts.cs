using System.Collections.Immutable;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;

namespace Landfall.Estate.Reading;

/// <summary>What manifests say of a connection to PostgreSQL, whatever it is for.</summary>
internal static class PostgresParts
{
    private static readonly ImmutableSortedDictionary<string, PostgresTls> _tls = new Dictionary<string, PostgresTls>
    {
        ["encrypt"] = PostgresTls.Encrypt,
        ["off"] = PostgresTls.Off,
        ["verify"] = PostgresTls.Verify,
    }.ToImmutableSortedDictionary();

    /// <summary>The port, or a reference to a secret; must be there where there is no default.</summary>
    public static string Port(Section section, string absent = "")
    {
        if (section.Scalar("port", required: absent.Length == 0) is not { } scalar
            || SecretReferences.IsWhole(scalar.Text))
        {
            return section.TextOr("port", absent);
        }

        return Quantities.TryInteger(scalar.Text, out long port) && port is >= 1 and <= ushort.MaxValue
            ? scalar.Text
            : section.Wrong(scalar, "port", "1 to 65535 or ${secret:NAME}", "");
    }

    /// <summary>One reference to a secret; empty (and reported) otherwise.</summary>
    public static string Password(Section section)
    {
        string password = section.Text("password");
        if (password.Length == 0 || SecretReferences.IsWhole(password))
        {
            return password;
        }

        // The message must not repeat the value.
        section.Context.Diagnostics.Error(
            "LF1026", section.Place("password"), "The password stands in the manifest.",
            "Write ${secret:NAME} in its place, and change the password.");
        return "";
    }

    /// <summary>How the connection is protected.</summary>
    public static PostgresTls Tls(Section section) =>
        section.Choice("tls", _tls, required: false) ?? PostgresTls.ByHost;

    /// <summary>Empty for the authorities of the machine.</summary>
    public static string Authority(Section section)
    {
        if (section.Has("tls") && section.TextOr("tls", "") is "encrypt" or "off")
        {
            section.Refuse(["tlsAuthority"], "tls: verify");
        }

        string authority = section.TextOr("tlsAuthority", "");
        if (authority.Length == 0 || SecretReferences.IsWhole(authority))
        {
            return authority;
        }

        // A key may have been pasted with it: the message must not repeat the value.
        section.Context.Diagnostics.Error(
            "LF1014", section.Place("tlsAuthority"), "'tlsAuthority' is no reference to a secret.",
            "Write ${secret:NAME} of a secret that holds certificates in PEM.");
        return "";
    }
}
