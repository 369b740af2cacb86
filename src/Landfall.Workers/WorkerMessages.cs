using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Landfall.Workers;

/// <summary>The one line that a worker reads.</summary>
/// <param name="ParentId">The process that started it: another parent means that this one has ended.</param>
/// <param name="ScratchFolder">Its folder for temporary files.</param>
/// <param name="Request">What it is to do.</param>
internal sealed record WorkerEnvelope(int ParentId, string ScratchFolder, WorkerRequest Request);

/// <summary>A line that a worker writes: progress, or its last word.</summary>
internal sealed record WorkerMessage
{
    public const string ProgressType = "progress";
    public const string DoneType = "done";
    public const string FailedType = "failed";

    public required string Type { get; init; }

    public WorkerProgress? Progress { get; init; }

    public JsonNode? Result { get; init; }

    public WorkerFailure? Failure { get; init; }

    /// <summary>What the worker says it used; in its last word.</summary>
    public WorkerUsage? Usage { get; init; }
}

/// <summary>JSON of what passes between orchestrator and worker.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerEnvelope))]
[JsonSerializable(typeof(WorkerMessage))]
internal sealed partial class WorkerJson : JsonSerializerContext;
