using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Estate.Management;

namespace Landfall.Workers;

/// <summary>A piece of work for a worker process.</summary>
/// <param name="Kind">Kind of the task.</param>
/// <param name="Payload">What the task needs.</param>
/// <param name="Reads">Absolute files and folders that it may read.</param>
/// <param name="Writes">Absolute folders that it may write; made before it starts.</param>
/// <param name="Target">
/// The host and port outside the estate that it reads, as declared; checked against the egress rules before it starts.
/// Null where it needs no network, and then has none.
/// </param>
public sealed record WorkerTask(
    string Kind, JsonNode Payload, ImmutableArray<string> Reads, ImmutableArray<string> Writes,
    EgressTarget? Target = null)
{
    /// <summary>
    /// Secrets of the task beside those of its pool, by name: what Landfall itself needs to reach its own servers.
    /// </summary>
    public ImmutableDictionary<string, string> Secrets { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the pool says of an engine outside of the worker; null for none.</summary>
    public JsonNode? Engine { get; init; }

    /// <summary>Whether it needs the network for a server of Landfall's own, on this machine.</summary>
    public bool UsesOwnServer { get; init; }

    /// <summary>The kind alone: a record's own text would show the secrets.</summary>
    public override string ToString() => $"Worker task {Kind}";
}
