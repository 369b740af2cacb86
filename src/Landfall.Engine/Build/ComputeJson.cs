using System.Text.Json.Serialization;

namespace Landfall.Engine.Build;

/// <summary>JSON of what travels between the orchestrator and tasks that compute tables of models.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComputePayload))]
internal sealed partial class ComputeJson : JsonSerializerContext;
