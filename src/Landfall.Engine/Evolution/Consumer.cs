using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Evolution;

/// <summary>A product of another zone that a change of a table's contract reaches.</summary>
/// <param name="Zone">Id of its zone.</param>
/// <param name="Product">Id of the product.</param>
/// <param name="Owner">Its owning group: whom to tell.</param>
/// <param name="Through">How it reaches the table: its tables that read it, or the agreement that lets it.</param>
public sealed record Consumer(string Zone, string Product, string Owner, string Through)
{
    /// <summary>
    /// Products of other zones that read a table in their SQL or may read it by an agreement, in order of zone and id.
    /// </summary>
    /// <param name="estate">The estate.</param>
    /// <param name="reads">The inputs of each product table.</param>
    /// <param name="table">The table.</param>
    public static ImmutableArray<Consumer> Of(
        EstateDefinition estate, IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads, CatalogTable table)
    {
        Agreement[] agreements =
        [
            .. estate.Zones.SelectMany(z => z.Agreements).Where(a => a.ProviderZone == table.ZoneId
                && a.ProviderUnit == table.UnitId && a.ProviderTable == table.Name.Table),
        ];
        var consumers = ImmutableArray.CreateBuilder<Consumer>();
        foreach (Zone zone in estate.Zones.Where(z => z.Id != table.ZoneId).OrderBy(z => z.Id, StringComparer.Ordinal))
        {
            foreach (Product product in zone.Products.OrderBy(p => p.Id, StringComparer.Ordinal))
            {
                string[] reading =
                [
                    .. reads.Where(r => r.Key.Zone == zone.SqlName && r.Key.Unit == product.SqlName
                        && r.Value.Contains(table.Name)).Select(r => r.Key.Table).Order(StringComparer.Ordinal),
                ];
                Agreement? agreement =
                    Array.Find(agreements, a => a.ConsumerZone == zone.Id && a.ConsumerProduct == product.Id);
                if (reading.Length > 0 || agreement is not null)
                {
                    consumers.Add(new(zone.Id, product.Id, product.Owner, Text(reading, agreement)));
                }
            }
        }

        return consumers.ToImmutable();
    }

    private static string Text(string[] reading, Agreement? agreement) => string.Join("; ",
    [
        .. reading.Length == 0 ? Array.Empty<string>() : [$"read by {string.Join(", ", reading)}"],
        .. agreement is null ? Array.Empty<string>() : [$"agreement {agreement.Id}"],
    ]);
}
