using System.Text.Json.Serialization;

namespace Landfall.Recommender.Exposures;

/// <summary>JSON of segments.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SegmentRecord))]
internal sealed partial class SegmentJson : JsonSerializerContext;
