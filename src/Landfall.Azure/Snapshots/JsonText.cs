using System.Text.Json;

namespace Landfall.Azure.Snapshots;

/// <summary>A text in a JSON document.</summary>
/// <param name="Path">Where it stands, for example <c>properties.subnets[0].name</c>.</param>
/// <param name="Value">The text.</param>
public readonly record struct JsonText(string Path, string Value)
{
    /// <summary>Whether the compiler left an expression: its value is known only when deployed.</summary>
    public bool IsUnknown => IsExpression(Value);

    /// <summary>Whether a text is an expression that was not evaluated; <c>[[</c> is an escaped bracket.</summary>
    public static bool IsExpression(string text) =>
        text.StartsWith('[') && !text.StartsWith("[[", StringComparison.Ordinal) && text.EndsWith(']');

    /// <summary>Every text below an element, in order.</summary>
    public static IEnumerable<JsonText> Of(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return [new(path, element.GetString()!)];
            case JsonValueKind.Object:
                return element.EnumerateObject()
                    .SelectMany(p => Of(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}"));
            case JsonValueKind.Array:
                return element.EnumerateArray().SelectMany((item, i) => Of(item, $"{path}[{i}]"));
            default:
                return [];
        }
    }
}
