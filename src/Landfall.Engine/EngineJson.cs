using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Engine.Quality;
using Landfall.Engine.Verification;
using Landfall.Estate.Contracts;
using Landfall.Estate.Products;

namespace Landfall.Engine;

/// <summary>Serialisers of what travels between the orchestrator and its workers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BuildPayload))]
[JsonSerializable(typeof(BuildResult))]
[JsonSerializable(typeof(ComputePayload))]
[JsonSerializable(typeof(ModelDefinition))]
[JsonSerializable(typeof(AffectedPayload))]
[JsonSerializable(typeof(QualityPayload))]
[JsonSerializable(typeof(VerifyPayload))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(ImmutableArray<QualityRule>))]
[JsonSerializable(typeof(ImmutableArray<QualityResult>))]
internal sealed partial class EngineJson : JsonSerializerContext;
