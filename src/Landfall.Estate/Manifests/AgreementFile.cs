using System.Collections.Immutable;
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
            Reassessment = Timestamp(section, "nextReassessmentTimestamp"),
            SignedBy = Property(section, "signedBy")?.OptionalText("value"),
            RevokedBy = Property(section, "revokedBy")?.OptionalText("value"),
            Columns = Columns(section, key),
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

    private static ImmutableArray<string> Columns(Section section, string key)
    {
        if (Property(section, "columns") is not { } property)
        {
            return [];
        }

        section.Context.Mark($"{key}/columns", property.Place("value"));
        return [.. property.Scalars("value").Select(s => s.Text)];
    }

    /// <summary>The last custom property of a name; null where there is none.</summary>
    private static Section? Property(Section section, string name) => section
        .Sections("customProperties", "The property", required: false)
        .LastOrDefault(p => p.TextOr("property", "") == name);
}
