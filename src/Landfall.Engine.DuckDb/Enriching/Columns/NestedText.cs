using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>JSON of arrays and structs. Keys that an object lacks are null, as fields of a record are.</summary>
internal static class NestedText
{
    /// <summary>The text with a null for every key that an object of a type lacks; null where none is added.</summary>
    /// <param name="text">JSON; what is none is left to the casts.</param>
    /// <param name="type">An array or struct.</param>
    public static string? Complete(string text, DataType type)
    {
        try
        {
            JsonNode? node = JsonNode.Parse(text);
            return Complete(node, type) ? node!.ToJsonString() : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // A doubled key is no key that is missing.
            return null;
        }
    }

    private static bool Complete(JsonNode? node, DataType type) => (node, type.Kind) switch
    {
        (JsonArray items, TypeKind.Array) => items.Aggregate(
            false, (added, item) => Complete(item, type.Element!) || added),
        (JsonObject value, TypeKind.Struct) => type.Fields.Aggregate(
            false, (added, field) => CompleteField(value, field.Name, field.Type) || added),
        _ => false,
    };

    private static bool CompleteField(JsonObject value, string name, DataType type)
    {
        if (value.TryGetPropertyValue(name, out JsonNode? inner))
        {
            return Complete(inner, type);
        }

        value[name] = null;
        return true;
    }
}
