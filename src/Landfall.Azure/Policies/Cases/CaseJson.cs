using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Estate.Yaml;

namespace Landfall.Azure.Policies.Cases;

/// <summary>YAML as JSON: only plain scalars are numbers, true, false or null (YAML 1.2, core schema).</summary>
internal static class CaseJson
{
    /// <summary>A value as JSON.</summary>
    public static JsonElement Of(YamlValue value) => JsonSerializer.SerializeToElement(Node(value));

    private static JsonNode? Node(YamlValue value) => value switch
    {
        YamlMapping map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Node(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Node)]),
        YamlScalar { Plain: true } plain => Plain(plain.Text),
        YamlScalar quoted => JsonValue.Create(quoted.Text),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) =>
            JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
