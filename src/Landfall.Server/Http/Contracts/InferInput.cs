using System.Text.Json;

namespace Landfall.Server.Http.Contracts;

/// <summary>A tensor of an inference request, as it came.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Datatype">Its type.</param>
/// <param name="Data">Its elements, flat or nested, in row-major order.</param>
/// <param name="Parameters">Nothing that is known.</param>
internal sealed record InferInput(
    string? Name, int[]? Shape, string? Datatype, JsonElement Data, Dictionary<string, JsonElement>? Parameters);
