using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Landfall.Workers;

/// <summary>What a worker is to do, with what, and within which limits.</summary>
public sealed record WorkerRequest
{
    /// <summary>Kind of the task: the <see cref="IWorkerTask.Kind"/> that runs.</summary>
    public required string Kind { get; init; }

    /// <summary>What the task needs; its shape is the task's own.</summary>
    public required JsonNode Payload { get; init; }

    /// <summary>
    /// Values of the pool's secrets by name. They reach the worker over a pipe and are cut out of its log.
    /// </summary>
    public ImmutableDictionary<string, string> Secrets { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Memory of the pool, in bytes. The worker is ended where it really holds more than
    /// <see cref="WorkerLimits.EndAbove"/> of it.
    /// </summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Threads that compute at once, at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>How long the worker may take, from its start.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Files and folders that the worker may read, besides the system's own; absolute.</summary>
    public ImmutableArray<string> ReadOnlyPaths { get; init; } = [];

    /// <summary>Folders that the worker may read and write, besides its scratch folder; absolute; they exist.</summary>
    public ImmutableArray<string> WritablePaths { get; init; } = [];

    /// <summary>
    /// What the pool says of an engine outside of the worker; its shape is the engine's own. Null for none.
    /// </summary>
    public JsonNode? Engine { get; init; }

    /// <summary>Whether the worker may use the network.</summary>
    public bool Network { get; init; }

    /// <summary>The kind alone: a record's own text would show the secrets.</summary>
    public override string ToString() => $"Worker request {Kind}";
}
