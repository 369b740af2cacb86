using System.Collections.Immutable;

namespace Landfall.Estate.Environments;

/// <summary>Where a zone is in Azure.</summary>
/// <param name="Subscription">Id of its subscription.</param>
/// <param name="Region">Name of its region, such as <c>westeurope</c>.</param>
/// <param name="Existing">
/// Ids of what is there already, by the word of the zone's manifest; <c>firewallAddress</c> beside <c>firewall</c>.
/// </param>
public sealed record AzureZone(
    string Subscription, string Region, ImmutableSortedDictionary<string, string> Existing);
