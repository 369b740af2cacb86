using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Landfall.Azure.Policies.Language;

/// <summary>Writes values as JSON.</summary>
internal static class PolicyValueText
{
    private const int Longest = 120;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value for people: JSON, cut where it is long; what is missing or unknown in words.</summary>
    public static string Show(PolicyValue value)
    {
        string text = value switch
        {
            PolicyValue.Nothing => "nothing",
            PolicyValue.Unknown unknown => $"unknown: {unknown.Why}",
            _ => ToJson(value)?.ToJsonString(Json) ?? "null",
        };
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    /// <summary>A value as JSON; an unknown one as a word in brackets.</summary>
    public static JsonNode? ToJson(PolicyValue value) => value switch
    {
        PolicyValue.Flag flag => JsonValue.Create(flag.Value),
        PolicyValue.Number number => JsonValue.Create(number.Value),
        PolicyValue.Text text => JsonValue.Create(text.Value),
        PolicyValue.List list => new JsonArray([.. list.Items.Select(ToJson)]),
        PolicyValue.Map map => new JsonObject(map.Members.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, ToJson(m.Value)))),
        PolicyValue.Unknown => JsonValue.Create("(unknown)"),
        _ => null,
    };
}
