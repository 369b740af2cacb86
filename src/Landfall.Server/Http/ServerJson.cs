using System.Text.Json.Serialization;
using Landfall.Server.Endpoints;
using Landfall.Server.Http.Contracts;

namespace Landfall.Server.Http;

/// <summary>JSON as the server reads it, strictly, and writes it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = EndpointLimits.DepthMax)]
[JsonSerializable(typeof(ScoreRequest))]
[JsonSerializable(typeof(ScoreResponse))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(FeedbackResponse))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(InferRequest))]
[JsonSerializable(typeof(InferenceProblem))]
internal sealed partial class ServerJson : JsonSerializerContext;
