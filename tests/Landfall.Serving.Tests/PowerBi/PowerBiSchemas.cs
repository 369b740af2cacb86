using System.Text.Json;
using Json.Schema;
using Landfall.Testing;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>The published schemas of Power BI's files, in the folder <c>shared</c> beside the repository.</summary>
internal static class PowerBiSchemas
{
    private const string Address = "https://developer.microsoft.com/json-schemas/";

    private static readonly string Folder =
        Path.GetFullPath(Path.Combine(RepositoryRoot.Folder, "..", "shared", "schemas", "powerbi"));

    private static readonly Dictionary<Uri, JsonSchema> Built = [];

    private static readonly Lock Guard = new();

    /// <summary>Why files cannot be checked; null where they can.</summary>
    public static string? Missing =>
        Directory.Exists(Folder) ? null : "There is no shared/schemas/powerbi beside the repository.";

    /// <summary>What a file breaks of the schema that it names; empty for nothing.</summary>
    public static string Problems(string text)
    {
        JsonElement json = JsonDocument.Parse(text).RootElement;
        lock (Guard)
        {
            JsonSchema schema = Schema(new(json.GetProperty("$schema").GetString()!));
            EvaluationResults results =
                schema.Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
            return results.IsValid ? "" : string.Join('\n', (results.Details ?? []).Where(d => d.Errors is not null)
                .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")).DefaultIfEmpty("wrong"));
        }
    }

    private static JsonSchema Schema(Uri address)
    {
        if (Built.TryGetValue(address, out JsonSchema? known))
        {
            return known;
        }

        SchemaRegistry registry = new();
        registry.Fetch = (uri, _) => Read(uri, registry);
        return Built[address] = Read(address, registry);
    }

    private static JsonSchema Read(Uri address, SchemaRegistry registry)
    {
        string file = Path.Combine(Folder, address.ToString()[Address.Length..].Split('#')[0]);
        return JsonSchema.Build(
            JsonDocument.Parse(File.ReadAllText(file)).RootElement, new BuildOptions { SchemaRegistry = registry });
    }
}
