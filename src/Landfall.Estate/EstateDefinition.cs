using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Environments;
using Landfall.Estate.Management;
using Landfall.Estate.Zones;

namespace Landfall.Estate;

/// <summary>Everything one organisation declares: one management zone and any number of landing zones.</summary>
public sealed record EstateDefinition
{
    /// <summary>The estate's id.</summary>
    public required string Name { get; init; }

    /// <summary>The estate's name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The organisation's internet domain.</summary>
    public required string Domain { get; init; }

    /// <summary>ISO 4217 code of the currency of prices and budgets.</summary>
    public required string Currency { get; init; }

    /// <summary>Absolute path of the folder that holds <c>estate.yaml</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the estate may run; at least one.</summary>
    public required ImmutableArray<Target> Targets { get; init; }

    /// <summary>Prices of what is metered.</summary>
    public required PriceList Prices { get; init; }

    /// <summary>The management zone.</summary>
    public required ManagementZone Management { get; init; }

    /// <summary>The landing zones in order of id.</summary>
    public required ImmutableArray<Zone> Zones { get; init; }

    /// <summary>Where the estate is in Azure, in the order of <see cref="AzureEnvironment.Names"/>.</summary>
    public ImmutableArray<AzureEnvironment> Environments { get; init; } = [];

    /// <summary>Where each named thing is declared, for diagnostics found after parsing.</summary>
    public required SourceMap Sources { get; init; }

    /// <summary>A pool, which is there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public Pool PoolOf(string zone, string pool) =>
        Zones.Single(z => z.Id == zone).Pools.Single(p => p.Id == pool);
}
