using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Landfall.Estate.Tests.Schemas;

/// <summary>
/// Checks a value by the part of JSON Schema that our schemas use; an unknown keyword fails the test.
/// </summary>
internal static class MiniSchema
{
    private static readonly string[] _notes = ["$schema", "title", "description"];

    public static bool Accepts(JsonObject schema, JsonNode? value) =>
        schema.All(rule => _notes.Contains(rule.Key) || Holds(schema, rule.Key, rule.Value!, value));

    private static bool Holds(JsonObject schema, string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "type" => rule is JsonArray any ? any.Any(t => HasType(t!.GetValue<string>(), value))
            : HasType(rule.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule.AsArray().Any(e => JsonNode.DeepEquals(e, value)),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, rule.GetValue<string>()),
        "minLength" => Text(value) is not { } text || text.Length >= rule.GetValue<int>(),
        "maxLength" => Text(value) is not { } text || text.Length <= rule.GetValue<int>(),
        "minimum" => Number(value) is not { } number || number >= rule.GetValue<decimal>(),
        "maximum" => Number(value) is not { } number || number <= rule.GetValue<decimal>(),
        "uniqueItems" => value is not JsonArray list || list.Select(i => i!.ToJsonString()).Distinct()
            .Count() == list.Count,
        "items" => value is not JsonArray items || items.All(i => Accepts(rule.AsObject(), i)),
        "required" => value is not JsonObject o || rule.AsArray().All(k => o.ContainsKey(k!.GetValue<string>())),
        "minProperties" => value is not JsonObject o || o.Count >= rule.GetValue<int>(),
        "propertyNames" => value is not JsonObject o || o.All(p => Accepts(rule.AsObject(), p.Key)),
        "properties" => value is not JsonObject o
            || rule.AsObject().All(p => !o.ContainsKey(p.Key) || Accepts(p.Value!.AsObject(), o[p.Key])),
        "additionalProperties" => value is not JsonObject o || Others(schema, o).All(p =>
            rule is JsonObject other ? Accepts(other, p.Value) : rule.GetValue<bool>()),
        "oneOf" => rule.AsArray().Count(s => Accepts(s!.AsObject(), value)) == 1,
        _ => throw new NotSupportedException(keyword),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Others(JsonObject schema, JsonObject value) =>
        value.Where(p => schema["properties"]?.AsObject().ContainsKey(p.Key) != true);

    private static bool HasType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        _ => throw new NotSupportedException(type),
    };

    private static string? Text(JsonNode? value) =>
        value is JsonValue scalar && scalar.TryGetValue(out string? text) ? text : null;

    private static decimal? Number(JsonNode? value) =>
        value is JsonValue scalar && scalar.TryGetValue(out decimal number) ? number : null;
}
