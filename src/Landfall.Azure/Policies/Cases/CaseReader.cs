using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;
using Landfall.Estate.Reading;

namespace Landfall.Azure.Policies.Cases;

/// <summary>Reads cases of policies.</summary>
internal static class CaseReader
{
    private const string Subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

    private static readonly ImmutableDictionary<string, PolicyExpression> NoArguments =
        ImmutableDictionary.Create<string, PolicyExpression>(StringComparer.OrdinalIgnoreCase);

    private static readonly SnapshotResource Nothing = new("", "", "", "", default);

    /// <summary>A case; null after a report where it has no resource.</summary>
    public static PolicyCase? Read(Section section)
    {
        Section? written = section.Nested("resource", "The resource");
        PolicyCase test = new(
            section.Location,
            section.Text("name"),
            section.Text("policy"),
            section.OptionalText("assignment"),
            NoArguments.SetItems(section.Entries("parameters", required: false).Select(e => KeyValuePair.Create(
                e.Key.Text,
                (PolicyExpression)new PolicyExpression.Literal(
                    PolicyValue.From(CaseJson.Of(e.Value), isEvaluated: false))))),
            written is null ? Nothing : Resource(written),
            [.. section.Sections("beside", "The resource", required: false).Select(Resource)],
            Enum.TryParse(
                section.Word("expect", [.. OutcomeNames.All]), ignoreCase: true, out PolicyOutcome expected)
                ? expected
                : default,
            section.OptionalText("because"));
        section.Close();
        return written is null ? null : test;
    }

    /// <summary>A resource as a deployment would make it, with the newest version where none is written.</summary>
    private static SnapshotResource Resource(Section section)
    {
        string type = section.Text("type");
        string name = section.Text("name");
        string version = section.OptionalText("apiVersion") ?? ResourceTypes.All.Newest(type) ?? "";
        IEnumerable<string> parts = type.Split('/').Skip(1).Zip(name.Split('/'), (t, n) => $"/{t}/{n}");
        string id = section.OptionalText("id")
            ?? (type.EndsWith("/resourceGroups", StringComparison.OrdinalIgnoreCase)
                ? $"{Subscription}/resourceGroups/{name}"
                : $"{Subscription}/resourceGroups/rg-test/providers/{type.Split('/')[0]}{string.Concat(parts)}");
        Dictionary<string, object> body = new() { ["id"] = id, ["type"] = type, ["name"] = name };
        string[] shapes = ["location", "tags", "sku", "kind", "identity", "zones", "properties", "plan"];
        foreach (string key in shapes)
        {
            if (section.Find(key) is { } value)
            {
                body[key] = CaseJson.Of(value);
            }
        }

        body["apiVersion"] = version;
        section.Close();
        return new(
            id, ResourceTypeNames.OfSnapshot(type), name, version, JsonSerializer.SerializeToElement(body));
    }
}
