using System.Text.Json.Serialization;

namespace Landfall.Recommender.Definitions;

/// <summary>JSON of definitions; part of the fingerprints of tables, so that its form is a promise.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelDefinition))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
