using System.Text.Json;

namespace Landfall.Server.Http.Contracts;

/// <summary>An inference request of the Open Inference Protocol V2, as it came.</summary>
internal sealed record InferRequest
{
    /// <summary>The request's id, repeated in the answer.</summary>
    public string? Id { get; init; }

    /// <summary><c>k</c>: how many services to return for each row.</summary>
    public Dictionary<string, JsonElement>? Parameters { get; init; }

    /// <summary>Tensors.</summary>
    public InferInput?[]? Inputs { get; init; }

    /// <summary>Tensors to return; all where it is left out.</summary>
    public InferOutput?[]? Outputs { get; init; }
}

/// <summary>A tensor that an inference request asks for, as it came.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Nothing that is known.</param>
internal sealed record InferOutput(string? Name, Dictionary<string, JsonElement>? Parameters);
