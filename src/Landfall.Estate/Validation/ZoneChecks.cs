using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>Peers, pools and roles of a zone refer to what there is.</summary>
internal static class ZoneChecks
{
    public static void Check(EstateDefinition estate, Zone zone, Report report)
    {
        string key = $"zone:{zone.Id}";
        IdentityChecks.CheckOwner(estate, report, $"{key}/owner", zone.Owner);
        CheckPeers(estate, zone, report);
        CheckUnitNames(zone, report);
        foreach (Pool pool in zone.Pools)
        {
            CheckPool(estate, zone, pool, report);
        }

        foreach (Role role in zone.Roles)
        {
            CheckRole(estate, zone, role, report);
        }
    }

    /// <summary>Tables of a zone's units by unit id.</summary>
    public static ImmutableSortedDictionary<string, Contract> Contracts(Zone zone) =>
        zone.Integrations.Select(i => (i.Id, i.Contract)).Concat(zone.Products.Select(p => (p.Id, p.Contract)))
            .DistinctBy(u => u.Id)
            .ToImmutableSortedDictionary(u => u.Id, u => u.Contract, StringComparer.Ordinal);

    private static void CheckPeers(EstateDefinition estate, Zone zone, Report report)
    {
        string[] others = [.. estate.Zones.Select(z => z.Id).Where(id => id != zone.Id)];
        foreach (string peer in zone.Peers)
        {
            string key = $"zone:{zone.Id}/peer:{peer}";
            if (peer == zone.Id)
            {
                report.Error("LF1032", key, "The zone is its own peer.", "Remove it.");
            }
            else if (report.Known("LF1032", key, peer, others, "other landing zone")
                && !estate.Zones.First(z => z.Id == peer).Peers.Contains(zone.Id))
            {
                report.Error(
                    "LF1033", key, $"The zone '{peer}' does not name '{zone.Id}' as its peer.",
                    $"Add '{zone.Id}' to peers in {peer}/zone.yaml, or remove '{peer}' here: both sides must agree.");
            }
        }
    }

    private static void CheckUnitNames(Zone zone, Report report)
    {
        foreach (string id in zone.Products.Select(p => p.Id).Intersect(zone.Integrations.Select(i => i.Id)))
        {
            report.Error(
                "LF1022", $"zone:{zone.Id}/product:{id}/id", $"The zone has an integration '{id}' already.",
                "Choose another id: integrations and products of a zone share their names.");
        }
    }

    private static void CheckPool(EstateDefinition estate, Zone zone, Pool pool, Report report)
    {
        string key = $"zone:{zone.Id}/pool:{pool.Id}";
        report.RequireTool(zone.Id, $"{key}/engine", pool.Engine, zone.Tools.Engines, "engines");
        PoolChecks.CheckSpark(estate, zone, pool, report);
        if (pool.DedicatedTo is { } unit)
        {
            IEnumerable<string> units = zone.Integrations.Select(i => i.Id).Concat(zone.Products.Select(p => p.Id));
            _ = report.Known("LF1035", $"{key}/dedicatedTo", unit, units, "integration or product");
        }
    }

    private static void CheckRole(EstateDefinition estate, Zone zone, Role role, Report report)
    {
        string key = $"zone:{zone.Id}/role:{role.Id}";
        foreach (string group in role.Groups)
        {
            IdentityChecks.CheckOwner(estate, report, $"{key}/group:{group}", group);
        }

        ImmutableSortedDictionary<string, Contract> contracts = Contracts(zone);
        foreach (string table in role.Tables)
        {
            string[] parts = table.Split('.', 2);
            bool unitKnown = report.Known(
                "LF1037", $"{key}/table:{table}", parts[0], contracts.Keys, "integration or product");
            if (unitKnown && parts.Length == 2)
            {
                _ = report.Known(
                    "LF1037", $"{key}/table:{table}", parts[1], contracts[parts[0]].Tables.Select(t => t.Name),
                    $"table of {parts[0]}");
            }
        }
    }
}
