using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Engines;

/// <summary>What a worker is told of an engine outside of it.</summary>
/// <param name="Address">Where the engine is; may hold <c>${secret:NAME}</c>, which the worker has.</param>
/// <param name="Ui">Where it says what it used; empty for nowhere.</param>
/// <param name="Cores">Cores that it computes with.</param>
/// <param name="Configuration">Settings of the session.</param>
/// <param name="Session">
/// A UUID: what the worker does there belongs to this session, by which it can be ended when the worker is gone.
/// </param>
public sealed record RemoteEngine(
    string Address, string Ui, int Cores, ImmutableSortedDictionary<string, string> Configuration, string Session)
{
    /// <summary>Whether the worker first tries that the engine sees the folder that it writes.</summary>
    public bool Probes { get; init; }

    /// <summary>What the worker of a pool is told; null where the pool's engine is inside of the worker.</summary>
    /// <param name="pool">The pool.</param>
    public static RemoteEngine? Of(Pool pool) => pool.Spark is { } spark
        ? new(spark.Address, spark.Ui, spark.Cores, spark.Configuration, $"{Guid.NewGuid():d}")
        : null;

    /// <summary>As a worker's context has it.</summary>
    /// <exception cref="InvalidOperationException">The worker was told of none.</exception>
    public static RemoteEngine Of(JsonNode? node) => node?.Deserialize(EngineJson.Default.RemoteEngine)
        ?? throw new InvalidOperationException("The worker was told of no engine outside of it.");

    /// <summary>As it travels to a worker.</summary>
    public JsonNode ToJson() => JsonSerializer.SerializeToNode(this, EngineJson.Default.RemoteEngine)!;

    /// <summary>The session alone: a record's own text would show the address.</summary>
    public override string ToString() => $"Session {Session}";
}
