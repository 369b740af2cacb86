using System.Collections.Immutable;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Serving.Schemas;

/// <summary>An integration or product as people read it: a schema of its zone's database.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Id">The unit's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record ServedUnit(Zone Zone, string Id, string Title, ImmutableArray<ServedTable> Tables)
{
    /// <summary>The schema.</summary>
    public string Schema => TableName.SqlName(Id);

    /// <summary>The unit of a publication.</summary>
    public static ServedUnit Of(StepNode step) => step.Product is { } product
        ? Of(step.Zone, product)
        : Of(step.Zone, step.Integration!);

    /// <summary>A product.</summary>
    public static ServedUnit Of(Zone zone, Product product) => new(
        zone, product.Id, product.Title,
        [
            .. product.Tables.Select(t => TableOf(zone, product.Id, product.Contract, t.Name, t.Incremental?.Column)),
        ]);

    /// <summary>An integration.</summary>
    public static ServedUnit Of(Zone zone, Integration integration) => new(
        zone, integration.Id, integration.Title,
        [.. integration.Tables.Select(t => TableOf(zone, integration.Id, integration.Contract, t.Name, null))]);

    private static ServedTable TableOf(Zone zone, string unit, Contract contract, string table, string? partition) =>
        new(
            new(zone.SqlName, TableName.SqlName(unit), table), contract.Tables.Single(t => t.Name == table), partition);
}
