using System.Collections.Immutable;
using Landfall.Estate.Management;

namespace Landfall.Estate.Environments;

/// <summary>Where an estate is in Azure in one environment: <c>azure/&lt;environment&gt;.yaml</c>.</summary>
public sealed record AzureEnvironment
{
    /// <summary>The environments that there may be.</summary>
    public static ImmutableArray<string> Names { get; } = ["dev", "test", "prod"];

    /// <summary>Which of <see cref="Names"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the Entra tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>Whether data and services are spread over the availability zones of their region.</summary>
    public required bool IsZoneRedundant { get; init; }

    /// <summary>First day of the first month of the zones' budgets, <c>YYYY-MM-01</c>.</summary>
    public required string BudgetStart { get; init; }

    /// <summary>Where each zone is, by id; the management zone among them.</summary>
    public required ImmutableSortedDictionary<string, AzureZone> Zones { get; init; }

    /// <summary>Object ids of groups in Entra, by id of the group.</summary>
    public required ImmutableSortedDictionary<string, string> Groups { get; init; }

    /// <summary>Addresses of file sources by name of the location: an https address of a storage container.</summary>
    public required ImmutableSortedDictionary<string, string> Locations { get; init; }

    /// <summary>Hosts of database sources by <c>zone.integration</c>.</summary>
    public required ImmutableSortedDictionary<string, AzureHost> Hosts { get; init; }

    /// <summary>Hosts outside that sources are read from here; nothing else may be reached.</summary>
    public required ImmutableArray<EgressRule> Egress { get; init; }

    /// <summary>Entries of products for applications, by <c>zone.product</c>.</summary>
    public required ImmutableSortedDictionary<string, AzureGateway> Gateways { get; init; }

    /// <summary>Container image of Landfall with its tag or digest; null where no job or endpoint needs one.</summary>
    public required string? Image { get; init; }
}
