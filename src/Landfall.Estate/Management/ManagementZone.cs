using System.Collections.Immutable;
using System.Net;
using Landfall.Estate.Azure;

namespace Landfall.Estate.Management;

/// <summary>The one zone that holds what landing zones share: catalogue, policies, network, audit.</summary>
public sealed record ManagementZone
{
    /// <summary>The zone's id.</summary>
    public required string Id { get; init; }

    /// <summary>Group that owns the zone.</summary>
    public required string Owner { get; init; }

    /// <summary>Network range; disjoint from every landing zone's.</summary>
    public required IPNetwork AddressRange { get; init; }

    /// <summary>Suffix of private DNS names.</summary>
    public required string DnsSuffix { get; init; }

    /// <summary>Hosts outside that sources may be read from; nothing else may be reached.</summary>
    public required ImmutableArray<EgressRule> Egress { get; init; }

    /// <summary>Classifications of columns that agreements may let cross zones; every other one stays.</summary>
    public ImmutableArray<string> SharedClassifications { get; init; } = SharedByDefault;

    /// <summary>Those that cross zones where the manifest says nothing.</summary>
    public static ImmutableArray<string> SharedByDefault { get; } = ["public", "internal", "confidential"];

    /// <summary>
    /// What the estate has in Azure already, of <see cref="AzureServices.ExistingOfManagement"/>.
    /// </summary>
    public ImmutableArray<string> AzureExisting { get; init; } = [];

    /// <summary>Its policies of Azure, which bind every zone, in order of path.</summary>
    public ImmutableArray<PolicyFile> Policies { get; init; } = [];

    /// <summary>Groups of people and service principals, in order of id.</summary>
    public required ImmutableArray<Group> Groups { get; init; }

    /// <summary>Users by id (an e-mail address).</summary>
    public required ImmutableArray<string> Users { get; init; }

    /// <summary>Service principals by id.</summary>
    public required ImmutableArray<string> ServicePrincipals { get; init; }

    /// <summary>Whether a column of a classification may cross zones; one without counts as internal.</summary>
    public bool MayCross(string classification) => SharedClassifications.Contains(
        classification.Length == 0 ? "internal" : classification, StringComparer.OrdinalIgnoreCase);
}
