using Landfall.Estate.Integrations;
using Landfall.Estate.Names;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the <c>source</c> of an integration.</summary>
internal static class SourceManifest
{
    /// <summary>The source; a file source without location when it cannot be told.</summary>
    public static Source Read(Section integration, string key)
    {
        integration.Context.Mark($"{key}/source", integration.Place("source"));
        if (integration.Nested("source", "The source") is not { } section)
        {
            return new FilesSource("");
        }

        integration.Context.Mark($"{key}/source/type", section.Place("type"));
        string type = section.Word("type", ZoneManifest.Sources);
        Source source = type switch
        {
            "files" => new FilesSource(section.Id("location")),
            "postgres" => Postgres(section, key),
            _ => new FilesSource(""),
        };
        if (type.Length > 0)
        {
            section.Close();
        }

        return source;
    }

    private static PostgresSource Postgres(Section section, string key)
    {
        foreach (string part in (string[])["host", "port", "database", "user", "password"])
        {
            section.Context.Mark($"{key}/source/{part}", section.Place(part));
            Secrets.CheckReferences(section, part);
        }

        string password = section.Text("password");
        if (password.Length > 0 && !SecretReferences.IsWhole(password))
        {
            // The message must not repeat the value.
            section.Context.Diagnostics.Error(
                "LF1026", section.Place("password"), "The password stands in the manifest.",
                "Write ${secret:NAME}, list NAME in the pool's secrets, and change the password.");
            password = "";
        }

        return new(section.Text("host"), Port(section), section.Text("database"), section.Text("user"), password);
    }

    private static string Port(Section section)
    {
        if (section.Scalar("port", required: true) is not { } scalar || SecretReferences.IsWhole(scalar.Text))
        {
            return section.TextOr("port", "");
        }

        return Quantities.TryInteger(scalar.Text, out long port) && port is >= 1 and <= ushort.MaxValue
            ? scalar.Text
            : section.Wrong(scalar, "port", "1 to 65535 or ${secret:NAME}", "");
    }
}
