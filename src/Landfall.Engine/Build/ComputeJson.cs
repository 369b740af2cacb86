using System.Text.Json.Serialization;
using Landfall.Estate.Products;

namespace Landfall.Engine.Build;

/// <summary>JSON of what travels between the orchestrator and tasks that compute tables of models.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComputePayload))]
[JsonSerializable(typeof(ModelDefinition))]
internal sealed partial class ComputeJson : JsonSerializerContext;
