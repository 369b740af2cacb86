using System.Text.Json;

namespace Landfall.Server.Http;

/// <summary>The OpenAPI description of an endpoint, from which clients are generated.</summary>
internal static class OpenApiDescription
{
    private const string NamePlace = "ENDPOINT-NAME";
    private static readonly string Template = Load();

    /// <summary>Writes the description of an endpoint.</summary>
    public static void Write(Utf8JsonWriter writer, string endpoint) =>
        writer.WriteRawValue(Template.Replace(NamePlace, endpoint, StringComparison.Ordinal));

    private static string Load()
    {
        using Stream stream = typeof(OpenApiDescription).Assembly.GetManifestResourceStream("openapi.json")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
