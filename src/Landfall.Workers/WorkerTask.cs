using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Landfall.Workers;

/// <summary>A piece of work for a worker process.</summary>
/// <param name="Kind">Kind of the task.</param>
/// <param name="Payload">What the task needs.</param>
/// <param name="Reads">Absolute files and folders that it may read.</param>
/// <param name="Writes">Absolute folders that it may write; made before it starts.</param>
/// <param name="Network">Whether it may connect to the network.</param>
public sealed record WorkerTask(
    string Kind, JsonNode Payload, ImmutableArray<string> Reads, ImmutableArray<string> Writes, bool Network = false);
