using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Generation;

/// <summary>
/// What connects zones: peerings between landing zones, both sides, and roles across zones. Deployed last, since it
/// names networks and identities that other deployments make.
/// </summary>
internal static class LinksDeployment
{
    /// <summary>The deployment's name.</summary>
    public const string Name = "links";

    private const string Identities = "Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30";

    private const string Purview = "Microsoft.Purview/accounts@2021-12-01";

    /// <summary>Puts it together.</summary>
    public static DeploymentTemplate<Placement> Of(EstateDesign design)
    {
        DeploymentTemplate<Placement> template = new(
            Name, $"Links between the zones of {design.Estate.Title}: peerings, and roles across zones.");
        (string Zone, string Other)[] sides =
        [
            .. design.Links.SelectMany(l => ((string, string)[])
                [(l.First.Zone.Id, l.Second.Zone.Id), (l.Second.Zone.Id, l.First.Zone.Id)]),
        ];
        foreach (IGrouping<string, string> side in sides.GroupBy(s => s.Zone, s => s.Other)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Peerings(template, side.Key, [.. side.Order(StringComparer.Ordinal)]);
        }

        Catalogue(template, design);
        foreach (IGrouping<string, Grant> grants in design.Grants.GroupBy(g => g.Provider.Zone))
        {
            Grants(template, grants.Key, grants);
        }

        return template;
    }

    /// <summary>A zone's side of its peerings: one module a zone, since a mesh has very many.</summary>
    private static void Peerings(DeploymentTemplate<Placement> template, string zone, string[] others)
    {
        ParameterGroup<Placement> networks = template.Group(
            "networks", "Networks of zones: ids, subscriptions, resource groups and names.");
        ParameterGroup<Placement> names = template.Group("names", "Names of peerings.");
        string symbol = BicepText.Symbol(zone);
        Call scope = ExistingId.Scope(networks, symbol, p => p.NetworkId(zone));
        BicepObject[] peerings =
        [
            .. others.Select(other => new BicepObject
            {
                {
                    "name",
                    names.Add($"{symbol}__to__{BicepText.Symbol(other)}", p => p.Local(80, "peer", other))
                },
                {
                    "remoteVirtualNetworkResourceId",
                    networks.Add($"{BicepText.Symbol(other)}Id", p => p.NetworkId(other))
                },
            }),
        ];
        _ = template.Module($"{symbol}Peerings", "virtual-network-peerings", scope, new()
        {
            { "localVirtualNetworkName", networks.Add($"{symbol}Name", p => ResourceId.NameOf(p.NetworkId(zone))) },
            { "peerings", peerings },
        });
    }

    /// <summary>The catalogue scans the lake of every zone.</summary>
    private static void Catalogue(DeploymentTemplate<Placement> template, EstateDesign design)
    {
        ParameterGroup<Placement> catalogue = template.Group(
            "catalogue", "The catalogue: its subscription, resource group and name.");
        Call scope = ExistingId.Scope(catalogue, "purview", p => p.PurviewId());
        Expression purview = template.Resource("purview", Purview, new()
        {
            { "scope", scope },
            { "name", catalogue.Add("name", p => ResourceId.NameOf(p.PurviewId())) },
        }, isExisting: true);
        foreach (string zone in design.Zones.Select(z => z.Zone.Id))
        {
            _ = template.Module($"{BicepText.Symbol(zone)}Scan", "role-assignment", LakeScope(template, zone), new()
            {
                { "principalId", new Expression($"{purview}.identity.principalId") },
                { "roleDefinitionId", template.Role(RoleNames.BlobDataReader) },
                { "purpose", "The catalogue scans the lake." },
            });
        }
    }

    /// <summary>What the live agreements of a zone give: one role each.</summary>
    private static void Grants(DeploymentTemplate<Placement> template, string zone, IEnumerable<Grant> grants)
    {
        ParameterGroup<Placement> conditions = template.Group(
            "conditions", "Conditions of agreements: account, container, folder and time.");
        Dictionary<string, int> seen = [];
        BicepObject[] agreements =
        [
            .. grants.Select(g => new BicepObject
            {
                { "id", g.Agreement.Id },
                {
                    "principalId",
                    new Expression($"{Identity(template, g.Consumer)}.properties.principalId")
                },
                { "condition", conditions.Add(KeyOf(g), p => ConditionOf(p, g)) },
            }),
        ];
        _ = template.Module(
            $"{BicepText.Symbol(zone)}Agreements", "agreement-roles", LakeScope(template, zone),
            new() { { "agreements", agreements } });

        // Two agreements on one table have a condition each: their times differ.
        string KeyOf(Grant grant)
        {
            string symbol = SymbolOf(grant);
            int number = seen[symbol] = seen.GetValueOrDefault(symbol) + 1;
            return number == 1 ? symbol : $"{symbol}__N{number}";
        }
    }

    /// <summary>The table comes last: it may hold underscores, which tell ids apart before it.</summary>
    private static string SymbolOf(Grant grant) => BicepText.Symbol(
        $"{grant.Consumer.Deployment}.reads.{grant.Provider.Deployment}.{grant.Agreement.ProviderTable}");

    private static string ConditionOf(Placement placement, Grant grant) => LakeCondition.Read(
        placement.Storage(grant.Provider.Zone, LakeAccounts.Lake),
        grant.Provider.Product is null ? "enriched" : "curated",
        $"{grant.Provider.Id}/{grant.Agreement.ProviderTable}/", grant.Agreement);

    private static Expression Identity(DeploymentTemplate<Placement> template, HostedUnit consumer)
    {
        ParameterGroup<Placement> identities = template.Group(
            "identities", "Identities of consumers: subscriptions, resource groups and names.");
        string symbol = BicepText.Symbol(consumer.Deployment);
        Expression subscription = identities.Add($"{symbol}Subscription", p => p.Subscription(consumer.Zone));
        Expression group = identities.Add($"{symbol}Group", p => p.IdentityGroup(consumer));
        return template.Resource($"{symbol}Identity", Identities, new()
        {
            { "scope", new Call("resourceGroup", subscription, group) },
            { "name", identities.Add($"{symbol}Name", p => p.Identity(consumer.Id)) },
        }, isExisting: true);
    }

    private static Call LakeScope(DeploymentTemplate<Placement> template, string zone)
    {
        ParameterGroup<Placement> lakes = template.Group(
            "lakes", "Lakes of zones: subscriptions and resource groups.");
        string symbol = BicepText.Symbol(zone);
        Expression subscription = lakes.Add($"{symbol}Subscription", p => p.Subscription(zone));
        return new("resourceGroup", subscription, lakes.Add($"{symbol}Group", p => p.Group(zone, Groups.Lake)));
    }
}
