using System.Text.Json.Serialization;

namespace Landfall.Server.Keys;

/// <summary>JSON of key files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(KeyPair))]
internal sealed partial class KeyJson : JsonSerializerContext;
