using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Landfall.Estate.Contracts;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>JSON of what travels between the orchestrator and engines in workers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EnrichRequest))]
[JsonSerializable(typeof(EnrichResult))]
[JsonSerializable(typeof(FailedBatch))]
[JsonSerializable(typeof(BuildRequest))]
[JsonSerializable(typeof(BuildResult))]
[JsonSerializable(typeof(AffectedPartitionsRequest))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(QualityRequest))]
[JsonSerializable(typeof(ImmutableArray<QualityResult>))]
[JsonSerializable(typeof(ImmutableArray<QualityRule>))]
[JsonSerializable(typeof(ImmutableSortedDictionary<long, long>))]
[JsonSerializable(typeof(RemoteEngine))]
[JsonSerializable(typeof(ImmutableArray<RemoteUsage>))]
[JsonSerializable(typeof(CompareRequest))]
[JsonSerializable(typeof(CompareResult))]
public sealed partial class EngineJson : JsonSerializerContext;
