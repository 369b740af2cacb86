using System.Collections.Immutable;
using System.Net;
using Landfall.Estate.Agreements;
using Landfall.Estate.Azure;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;

namespace Landfall.Estate.Zones;

/// <summary>A business group's own place: lake, pools, tools, access, budget, integrations, products.</summary>
public sealed record Zone
{
    /// <summary>The zone's id.</summary>
    public required string Id { get; init; }

    /// <summary>The zone's name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Group that owns the zone and is asked for access.</summary>
    public required string Owner { get; init; }

    /// <summary>Cost centre that pays for the zone.</summary>
    public required string CostCentre { get; init; }

    /// <summary>Ids of the zones this one is peered with; peering must be declared on both sides.</summary>
    public required ImmutableArray<string> Peers { get; init; }

    /// <summary>What the group chose to use; everything else is refused in this zone.</summary>
    public required ZoneTools Tools { get; init; }

    /// <summary>Compute pools in order of id.</summary>
    public required ImmutableArray<Pool> Pools { get; init; }

    /// <summary>Budget of a month in the estate's currency; null for none.</summary>
    public required decimal? MonthlyBudget { get; init; }

    /// <summary>Roles that give groups tables.</summary>
    public required ImmutableArray<Role> Roles { get; init; }

    /// <summary>Network range; ranges of zones are disjoint.</summary>
    public required IPNetwork AddressRange { get; init; }

    /// <summary>What the zone has in Azure already, of <see cref="AzureServices.ExistingOfZones"/>.</summary>
    public ImmutableArray<string> AzureExisting { get; init; } = [];

    /// <summary>Integrations in order of id.</summary>
    public required ImmutableArray<Integration> Integrations { get; init; }

    /// <summary>Products in order of id.</summary>
    public required ImmutableArray<Product> Products { get; init; }

    /// <summary>What this zone lets others read.</summary>
    public required ImmutableArray<Agreement> Agreements { get; init; }

    /// <summary>Its own policies of Azure, in order of path.</summary>
    public ImmutableArray<PolicyFile> Policies { get; init; } = [];

    /// <summary>Whether tables of the zone are read by SQL.</summary>
    public bool ServesSql => Integrations.Any(i => i.ServesSql) || Products.Any(p => p.ServesSql);

    /// <summary>The zone's id as SQL has it.</summary>
    public string SqlName => TableName.SqlName(Id);
}
