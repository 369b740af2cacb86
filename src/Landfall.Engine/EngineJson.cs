using System.Text.Json.Serialization;
using Landfall.Engine.Build;

namespace Landfall.Engine;

/// <summary>Serialisers of what travels between the orchestrator and its workers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BuildPayload))]
[JsonSerializable(typeof(BuildResult))]
[JsonSerializable(typeof(AffectedPayload))]
internal sealed partial class EngineJson : JsonSerializerContext;
