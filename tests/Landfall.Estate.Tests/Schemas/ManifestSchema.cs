using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Landfall.Estate.Tests.Schemas;

/// <summary>The schemas that editors check manifests by.</summary>
internal static class ManifestSchema
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Schemas");

    private static readonly Dictionary<string, JsonSchema> Built = Names.ToDictionary(n => n, n => Build(Read(n)));

    /// <summary>Every schema's name, for example <c>estate</c>.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.schema.json")
        .Select(f => Path.GetFileName(f)[..^".schema.json".Length]).Order(StringComparer.Ordinal);

    public static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.schema.json")))!.AsObject();

    public static bool Accepts(string name, JsonNode manifest) => Built[name].Evaluate(Element(manifest)).IsValid;

    /// <summary>A schema to check by. Its draft lets unknown keywords pass, but in ours they are mistakes.</summary>
    /// <exception cref="JsonSchemaException">A keyword is wrong, or is none of the draft's.</exception>
    public static JsonSchema Build(JsonObject schema)
    {
        DialectRegistry dialects = new();
        dialects.Register(Dialect.Draft07.With([], MetaSchemas.Draft7Id, allowUnknownKeywords: false));
        return JsonSchema.Build(
            Element(schema), new BuildOptions { DialectRegistry = dialects, SchemaRegistry = new SchemaRegistry() });
    }

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);
}
