using System.Text.Json.Serialization;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Build;

/// <summary>JSON of what travels between the orchestrator and tasks that compute tables of models.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComputePayload))]
[JsonSerializable(typeof(BuildResult))]
internal sealed partial class ComputeJson : JsonSerializerContext;
