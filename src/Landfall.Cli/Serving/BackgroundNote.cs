using System.Text.Json.Serialization;

namespace Landfall.Cli.Serving;

/// <summary>What the server in the background says of itself.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Started">When that started, in seconds.</param>
/// <param name="Address">Where it listens.</param>
internal sealed record BackgroundNote(int ProcessId, long Started, string Address);

/// <summary>Its serialiser.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackgroundNote))]
internal sealed partial class BackgroundJson : JsonSerializerContext;
