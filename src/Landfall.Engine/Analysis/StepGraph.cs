using System.Collections.Immutable;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Graph;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Analysis;

/// <summary>The steps that an estate declares, each after those it depends on.</summary>
internal static class StepGraph
{
    /// <summary>Key of an integration's land step.</summary>
    public static string LandKey(Zone zone, Integration integration) => $"{zone.SqlName}.{integration.SqlName}";

    /// <summary>What a publication locks, in the place of a table.</summary>
    private const string Published = "_sql";

    /// <summary>
    /// All steps of an estate whose product tables have these inputs, which have no cycle; with publications where the
    /// program publishes.
    /// </summary>
    public static ImmutableArray<StepNode> Of(
        EstateDefinition estate, IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads,
        bool publishes = false)
    {
        List<StepNode> nodes = [];
        foreach (Zone zone in estate.Zones)
        {
            foreach (Integration integration in zone.Integrations)
            {
                nodes.AddRange(OfIntegration(zone, integration));
            }
        }

        Dictionary<string, StepNode> builds = estate.Zones
            .SelectMany(z => z.Products.SelectMany(p => OfProduct(z, p, reads)))
            .ToDictionary(n => n.Key);
        DirectedGraph<string> graph =
            new(builds.Keys, builds.Values.SelectMany(n => n.DependsOn.Select(d => (d, n.Key))));
        if (!graph.TryOrder(out ImmutableArray<string> order))
        {
            throw new ArgumentException("The product tables have a cycle.", nameof(reads));
        }

        nodes.AddRange(order.Where(builds.ContainsKey).Select(k => builds[k]));
        return publishes ? [.. nodes, .. Publications(nodes)] : [.. nodes];
    }

    private static IEnumerable<StepNode> Publications(IEnumerable<StepNode> nodes) => nodes
        .Where(n => n.Kind != StepKind.Land && (n.Integration?.ServesSql ?? n.Product!.ServesSql))
        .GroupBy(n => (n.Zone.Id, n.UnitId))
        .Select(unit => unit.First() with
        {
            Key = (unit.First().Table with { Table = Published }).ToString(),
            Kind = StepKind.Publish,
            Table = unit.First().Table with { Table = Published },
            Reads = [.. unit.Select(n => n.Table)],
            DependsOn = [.. unit.Select(n => n.Key)],
        });

    private static IEnumerable<StepNode> OfIntegration(Zone zone, Integration integration)
    {
        Pool pool = zone.Pools.Single(p => p.Id == integration.Pool);
        StepNode land = new()
        {
            Key = LandKey(zone, integration),
            Kind = StepKind.Land,
            Zone = zone,
            Pool = pool,
            Integration = integration,
            Table = new(zone.SqlName, integration.SqlName, Register.FolderName),
        };
        yield return land;
        foreach (IntegrationTable table in integration.Tables)
        {
            TableName name = new(zone.SqlName, integration.SqlName, table.Name);
            yield return land with
            {
                Key = name.ToString(),
                Kind = StepKind.Enrich,
                Table = name,
                DependsOn = [land.Key],
            };
        }
    }

    private static IEnumerable<StepNode> OfProduct(
        Zone zone, Product product, IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads)
    {
        foreach (ProductTable table in product.Tables)
        {
            TableName name = new(zone.SqlName, product.SqlName, table.Name);
            ImmutableArray<TableName> inputs = reads[name];
            yield return new()
            {
                Key = name.ToString(),
                Kind = StepKind.Build,
                Zone = zone,
                Pool = zone.Pools.Single(p => p.Id == product.Pool),
                Product = product,
                Table = name,
                Reads = inputs,
                DependsOn = [.. inputs.Where(i => i.Unit != PlatformTables.Unit).Select(StepKey)],
            };
        }
    }

    /// <summary>The step that brings a table up to date; a quarantine table comes with its enriched table.</summary>
    private static string StepKey(TableName table)
    {
        const string suffix = EstateNames.QuarantineSuffix;
        return table.Table.EndsWith(suffix, StringComparison.Ordinal)
            ? (table with { Table = table.Table[..^suffix.Length] }).ToString()
            : table.ToString();
    }
}
