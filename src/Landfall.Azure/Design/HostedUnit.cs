using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Azure.Design;

/// <summary>An integration or product that has a place in Azure.</summary>
/// <param name="Zone">Id of its zone.</param>
/// <param name="Id">Its id.</param>
/// <param name="Owner">Group that owns it.</param>
/// <param name="Pool">Id of its pool.</param>
/// <param name="Azure">What it has of its own.</param>
/// <param name="Service">The service that it runs on.</param>
internal sealed record HostedUnit(string Zone, string Id, string Owner, string Pool, AzureUnit Azure, string Service)
{
    /// <summary>The product; null for an integration.</summary>
    public Product? Product { get; init; }

    /// <summary>Whether it has a resource group, and so a deployment, of its own.</summary>
    public bool HasOwnGroup => Azure.Service is not null;

    /// <summary>The containers of its zone's lake that it writes to, below a folder of its name.</summary>
    public ImmutableArray<string> Layers => Product is null ? ["raw", "enriched"] : ["curated", "workspace"];

    /// <summary>What its deployment is called.</summary>
    public string Deployment => $"{Zone}.{Id}";

    /// <summary>Its name in Bicep.</summary>
    public string Symbol => Bicep.BicepText.Symbol(Id);

    /// <summary>The integration as one; null where neither it nor its pool is anything in Azure.</summary>
    public static HostedUnit? Of(Zone zone, Integration unit) => ServiceOf(zone, unit.Azure, unit.Pool) is { } service
        ? new(zone.Id, unit.Id, unit.Owner, unit.Pool, unit.Azure, service)
        : null;

    /// <summary>The product as one; null where neither it nor its pool is anything in Azure.</summary>
    public static HostedUnit? Of(Zone zone, Product unit) => ServiceOf(zone, unit.Azure, unit.Pool) is { } service
        ? new(zone.Id, unit.Id, unit.Owner, unit.Pool, unit.Azure, service) { Product = unit }
        : null;

    private static string? ServiceOf(Zone zone, AzureUnit azure, string pool) =>
        azure.Service ?? zone.Pools.FirstOrDefault(p => p.Id == pool)?.AzureService;
}
