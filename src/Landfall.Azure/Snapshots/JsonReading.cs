using System.Text.Json;

namespace Landfall.Azure.Snapshots;

/// <summary>Reads JSON whose shape is not certain: what is not there or of another kind is nothing.</summary>
public static class JsonReading
{
    /// <summary>The element at a path of property names, whatever their case; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            element = Property(element, name);
        }

        return element;
    }

    /// <summary>The text of an element; null where it is none or its value is known only when deployed.</summary>
    public static string? Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text && !JsonText.IsExpression(text)
            ? text
            : null;

    /// <summary>The items of an array; none where it is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The texts of an array, or the text itself.</summary>
    public static IEnumerable<string> Texts(this JsonElement element) =>
        (element.ValueKind == JsonValueKind.String ? [element] : element.Items())
        .Select(Text).OfType<string>();

    private static JsonElement Property(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return property.Value;
                }
            }
        }

        return default;
    }
}
