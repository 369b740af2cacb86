using System.Collections.Immutable;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Publishing;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine;

/// <summary>What an engine session works on and with.</summary>
public sealed record EngineOptions
{
    /// <summary>The estate.</summary>
    public required EstateDefinition Estate { get; init; }

    /// <summary>Where state is kept.</summary>
    public required LandfallHome Home { get; init; }

    /// <summary>The target; one of the estate's.</summary>
    public required Target Target { get; init; }

    /// <summary>Folders or files by location name that replace the target's; absolute.</summary>
    public ImmutableDictionary<string, string> Locations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How worker processes are started.</summary>
    public required WorkerCommand Worker { get; init; }

    /// <summary>
    /// Names of the engines that this program has, as pools name them. Nothing runs in a pool of another one.
    /// </summary>
    public required ImmutableArray<string> Engines { get; init; }

    /// <summary>The kinds of sources that this program has; integrations name them.</summary>
    public required ImmutableArray<ISourceKind> Sources { get; init; }

    /// <summary>The kinds of products that this program has; product manifests name them.</summary>
    public required ImmutableArray<IProductKind> Products { get; init; }

    /// <summary>Publishes tables to where people read them; null where nothing is published.</summary>
    public IPublisher? Publisher { get; init; }

    /// <summary>The engine inside this process; the session takes it over.</summary>
    public required ILocalEngine Engine { get; init; }

    /// <summary>Time; the system's unless a test says otherwise.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
