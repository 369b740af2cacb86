using System.Text.Json.Serialization;

namespace Landfall.Serving.Publishing;

/// <summary>Serialisers of what travels between the orchestrator and the workers that publish.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PublishPayload))]
[JsonSerializable(typeof(PublishResult))]
internal sealed partial class PublishJson : JsonSerializerContext;
