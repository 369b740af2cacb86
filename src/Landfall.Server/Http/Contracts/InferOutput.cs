using System.Text.Json;

namespace Landfall.Server.Http.Contracts;

/// <summary>A tensor that an inference request asks for, as it came.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Nothing that is known.</param>
internal sealed record InferOutput(string? Name, Dictionary<string, JsonElement>? Parameters);
