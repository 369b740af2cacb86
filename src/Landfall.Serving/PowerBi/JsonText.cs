using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Landfall.Serving.PowerBi;

/// <summary>Writes JSON files as Power BI does.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An object that begins with its schema, by the schema's path below <c>fabric</c>.</summary>
    public static JsonObject WithSchema(string schema) =>
        new() { ["$schema"] = $"https://developer.microsoft.com/json-schemas/fabric/{schema}/schema.json" };

    /// <summary>The file's text.</summary>
    public static string Of(JsonObject json)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, _options))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }
}
