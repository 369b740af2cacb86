using System.Text.Json.Serialization;
using Landfall.Sources.Files;
using Landfall.Sources.Postgres;

namespace Landfall.Sources;

/// <summary>Serialisers of what travels between the orchestrator and the workers that read sources.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LandFilesPayload))]
[JsonSerializable(typeof(LandFilesResult))]
[JsonSerializable(typeof(LandPostgresPayload))]
[JsonSerializable(typeof(LandPostgresResult))]
internal sealed partial class IngestJson : JsonSerializerContext;
