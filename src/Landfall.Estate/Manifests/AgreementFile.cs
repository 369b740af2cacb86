using System.Globalization;
using Landfall.Estate.Agreements;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads an OAAS access agreement.</summary>
internal static class AgreementFile
{
    /// <summary>How names of agreement files end.</summary>
    public const string Extension = ".oaas.yaml";

    /// <summary>The agreement; null when the file cannot be read at all.</summary>
    public static Agreement? Read(LoadContext context, string zone, string file)
    {
        string path = $"{zone}/agreements/{file}";
        if (context.Files.ReadMapping(path) is not { } mapping)
        {
            return null;
        }

        var section = new Section(context, mapping, "The agreement", standard: true);
        section.Header("AccessAgreement", ["v0.9.0"]);
        string id = section.Text("id");
        string key = $"zone:{zone}/agreement:{id}";
        UnitParts.MarkUnique(section, $"zone:{zone}/agreement:", id, "id");
        Section? provider = section.Nested("provider", "The provider");
        Section? consumer = section.Nested("consumer", "The consumer");
        MarkParts(provider, $"{key}/provider");
        MarkParts(consumer, $"{key}/consumer");
        context.Mark($"{key}/endTimestamp", section.Place("endTimestamp"));
        return new()
        {
            Id = id,
            Status = section.Word("status", ["requested", "approved", "rejected"]),
            Purpose = section.Nested("description", "The description")?.Text("purpose") ?? "",
            ProviderZone = provider?.Text("teamId") ?? "",
            ProviderUnit = provider?.Text("dataProductId") ?? "",
            ProviderTable = provider?.Text("outputPortId") ?? "",
            ConsumerZone = consumer?.Text("teamId") ?? "",
            ConsumerProduct = consumer?.Text("dataProductId") ?? "",
            Start = Timestamp(section, "startTimestamp"),
            End = Timestamp(section, "endTimestamp"),
            SignedBy = SignedBy(section),
            File = path,
        };
    }

    private static void MarkParts(Section? section, string key)
    {
        foreach (string part in (string[])["teamId", "dataProductId", "outputPortId"])
        {
            section?.Context.Mark($"{key}/{part}", section.Place(part));
        }
    }

    private static DateTimeOffset? Timestamp(Section section, string key)
    {
        if (section.Scalar(key, required: false) is not { } scalar)
        {
            return null;
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];
        bool zoned = scalar.Text.EndsWith('Z') || scalar.Text.LastIndexOfAny(['+', '-']) > "yyyy-MM-dd".Length;
        return zoned && DateTimeOffset.TryParseExact(
            scalar.Text, formats, null, DateTimeStyles.AssumeUniversal, out DateTimeOffset value)
            ? value.ToUniversalTime()
            : section.Wrong<DateTimeOffset?>(scalar, key, "an instant such as 2027-01-01T00:00:00Z", null);
    }

    private static string? SignedBy(Section section)
    {
        string? by = null;
        foreach (Section property in section.Sections("customProperties", "The property", required: false))
        {
            if (property.TextOr("property", "") == "signedBy")
            {
                by = property.OptionalText("value");
            }
        }

        return by;
    }
}
