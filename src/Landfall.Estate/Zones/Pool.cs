using System.Collections.Immutable;
using Landfall.Estate.Azure;

namespace Landfall.Estate.Zones;

/// <summary>Compute with limits, an isolation boundary and a price. Every step runs in exactly one pool.</summary>
public sealed record Pool
{
    /// <summary>The pool's id, unique in its zone.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// <c>duckdb</c> or <c>spark</c>; one of the zone's tools. Whether a program has it is checked where it would run.
    /// </summary>
    public required string Engine { get; init; }

    /// <summary>Where its Spark is, for the engine <c>spark</c>; null for others.</summary>
    public SparkSettings? Spark { get; init; }

    /// <summary>Memory of one step in bytes; the watchdog ends a step that uses more.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Threads of one step, 1 to 256.</summary>
    public required int Threads { get; init; }

    /// <summary>Steps at once, 1 to 64.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Time limit of one step in seconds.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary>Names of the secrets that steps of this pool may have; no others are given to them.</summary>
    public required ImmutableArray<string> Secrets { get; init; }

    /// <summary>Id of the only integration or product that may use the pool; null for a shared pool.</summary>
    public required string? DedicatedTo { get; init; }

    /// <summary>
    /// The service that the pool is in Azure, one of <see cref="AzureServices.OfPools"/>; null for none.
    /// </summary>
    public string? AzureService { get; init; }

    /// <summary>Price of a CPU hour in the estate's currency.</summary>
    public required decimal CpuHourPrice { get; init; }
}
