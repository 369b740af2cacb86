using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Landfall.Workers;

/// <summary>How a worker ended: with a result or a failure, never both.</summary>
public sealed record WorkerReport
{
    /// <summary>What the task returned; null where it failed.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>Why there is no result; null where there is one.</summary>
    public WorkerFailure? Failure { get; init; }

    /// <summary>What the worker used.</summary>
    public required WorkerUsage Usage { get; init; }

    /// <summary>What confined the worker.</summary>
    public SandboxStatus Sandbox { get; init; } = SandboxStatus.None;

    /// <summary>The last lines that the worker wrote to its log, without secrets.</summary>
    public ImmutableArray<string> LogTail { get; init; } = [];
}
