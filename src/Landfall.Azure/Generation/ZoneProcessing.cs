using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Azure;
using Landfall.Estate.Zones;

namespace Landfall.Azure.Generation;

/// <summary>What a zone's pools are in Azure, and the identities of the units that share them.</summary>
internal static class ZoneProcessing
{
    /// <summary>Adds them.</summary>
    /// <param name="blocks">The zone's deployment.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="lake">The resource group of its lake.</param>
    public static void Add(DeploymentBlocks blocks, ZoneDesign zone, Expression lake)
    {
        Expression group = blocks.Group("processingGroup", Groups.Processing);
        Dictionary<string, Expression> identities = [];
        LakeRoles roles = new(blocks.Template);
        foreach (HostedUnit unit in zone.Shared)
        {
            Expression name = blocks.Names.Add($"{unit.Symbol}Identity", p => p.Identity(unit.Id));
            Expression identity = blocks.Identity($"{unit.Symbol}Identity", group, name);
            identities[unit.Id] = identity;
            roles.Add(unit, identity);
        }

        Expression[] Of(Func<HostedUnit, bool> wanted) =>
            [.. zone.Shared.Where(wanted).Select(u => new Expression($"{identities[u.Id]}.outputs.resourceId"))];

        if (zone.Has(AzureServices.Databricks))
        {
            Databricks(
                blocks, group, zone,
                zone.Shared.Where(u => u.Service == AzureServices.Databricks).Select(u => (u, identities[u.Id])));
        }

        if (zone.Has(AzureServices.Synapse))
        {
            Synapse(blocks, group, zone, roles, Of(u => u.Service == AzureServices.Synapse));
        }

        if (zone.Has(AzureServices.ContainerJob))
        {
            Containers(blocks, group, zone, pool => Of(u => u.Pool == pool.Id));
        }

        roles.Write("lakeRoles", lake);
    }

    private static void Databricks(
        DeploymentBlocks blocks, Expression group, ZoneDesign zone,
        IEnumerable<(HostedUnit Unit, Expression Identity)> units)
    {
        // By its connector Databricks acts as a unit; a connector has one identity.
        foreach ((HostedUnit unit, Expression identity) in units)
        {
            BicepObject connector = blocks.Head(
                blocks.Names.Add($"{unit.Symbol}Connector", p => p.Local(64, "dbac", unit.Id)));
            connector.Add("userAssignedIdentityResourceId", new Expression($"{identity}.outputs.resourceId"));
            _ = blocks.Template.Module(
                $"{unit.Symbol}Connector", "databricks-access-connector", group, connector);
        }

        Expression name = blocks.Names.Add("databricks", p => p.Unique(36, "dbw", zone.Zone.Id));
        BicepObject workspace = blocks.Head(name);
        workspace.Add("lock", blocks.Lock);
        workspace.Add("roleAssignments", blocks.OwnerRole(RoleNames.Contributor));
        _ = blocks.WithDiagnostics(workspace);
        workspace.Add("privateEndpoints", (Call[])
        [
            blocks.Endpoint(name, "databricks_ui_api", "databricks"),
            blocks.Endpoint(name, "browser_authentication", "databricks"),
        ]);
        workspace.Add("managedResourceGroupResourceId", blocks.Ids.Add(
            "databricksManagedGroup", p => p.GroupId(zone.Zone.Id, p.Group(zone.Zone.Id, "databricks-managed"))));
        workspace.Add("customVirtualNetworkResourceId", blocks.NetworkId);
        workspace.Add("customPublicSubnetName", SubnetNames.DatabricksPublic);
        workspace.Add("customPrivateSubnetName", SubnetNames.DatabricksPrivate);
        workspace.Add("storageSku", blocks.StorageSku);
        _ = blocks.Template.Module("databricks", "databricks-workspace", group, workspace);
    }

    private static void Synapse(
        DeploymentBlocks blocks, Expression group, ZoneDesign zone, LakeRoles roles, Expression[] identities)
    {
        Expression workspace = SynapseBlock.Add(blocks, group, zone.Zone.Owner, identities, roles);
        Expression name = blocks.Names.Of("synapse");
        foreach (Pool pool in zone.Pools(AzureServices.Synapse))
        {
            string symbol = $"{BicepText.Symbol(pool.Id)}Pool";
            (string size, int most) = SparkSize.Of(pool);
            BicepObject parameters = new()
            {
                { "name", blocks.Names.Add(symbol, _ => AzureName.Compact(15, "", pool.Id, "")) },
                { "location", blocks.Location },
                { "tags", blocks.TagsWith("pool", pool.Id) },
            };
            _ = blocks.WithDiagnostics(parameters);
            parameters.Add("workspaceName", name);
            parameters.Add("nodeSize", size);
            parameters.Add("minNodeCount", SparkSize.Fewest);
            parameters.Add("maxNodeCount", most);
            parameters.Add("autoPauseDelayInMinutes", 15);
            parameters.Add("sparkVersion", "3.5");
            _ = blocks.Template.Module(symbol, "synapse-spark-pool", group, parameters, workspace.Text);
        }

        if (zone.HasSelfHostedRuntime)
        {
            _ = blocks.Template.Module("selfHostedRuntime", "synapse-integration-runtime", group, new()
            {
                { "name", UnitDeployment.Runtime },
                { "purpose", UnitDeployment.SelfHostedPurpose },
                { "workspaceName", name },
            }, workspace.Text);
        }
    }

    private static void Containers(
        DeploymentBlocks blocks, Expression group, ZoneDesign zone, Func<Pool, Expression[]> identities)
    {
        BicepObject environment = blocks.Head(
            blocks.Names.Add("containers", p => p.Local(60, "cae", zone.Zone.Id)));
        _ = blocks.WithDiagnostics(environment);
        environment.Add(
            "infrastructureSubnetResourceId", blocks.SubnetId("containersSubnet", SubnetNames.Containers));
        environment.Add("zoneRedundant", blocks.Template.Parameter(
            "zoneRedundant", "Whether container jobs are spread over availability zones.", "bool",
            p => p.Environment.IsZoneRedundant));
        environment.Add("infrastructureResourceGroupName", blocks.Names.Add(
            "containersManagedGroup", p => p.Group(zone.Zone.Id, "containers-managed")));
        Expression made = blocks.Template.Module("containers", "container-apps-environment", group, environment);
        foreach (Pool pool in zone.Pools(AzureServices.ContainerJob))
        {
            Expression[] own = identities(pool);
            string symbol = $"{BicepText.Symbol(pool.Id)}Job";
            (string cpu, string memory) = ContainerSize.Of(pool);
            _ = blocks.Template.Module(symbol, "container-job", group, new()
            {
                { "name", blocks.Names.Add(symbol, p => p.Local(32, "job", pool.Id)) },
                { "location", blocks.Location },
                { "tags", blocks.TagsWith("pool", pool.Id) },
                { "roleAssignments", Array.Empty<string>() },
                { "environmentResourceId", new Expression($"{made}.outputs.resourceId") },
                { "userAssignedIdentityResourceIds", own },
                {
                    "registry", new BicepObject
                    {
                        {
                            "server", blocks.Template.Parameter(
                                "registry", "Host name of the registry of Landfall's image.", "string",
                                p => p.Environment.Image!.Split('/')[0])
                        },
                        { "identityResourceId", own[0] },
                    }
                },
                {
                    "image", blocks.Template.Parameter(
                        "image", "Landfall's container image.", "string", p => p.Environment.Image!)
                },
                { "cpu", cpu },
                { "memory", memory },
                { "replicaTimeout", pool.TimeoutSeconds },
                { "replicaRetryLimit", 0 },
                { "parallelism", 1 },
                { "environmentVariables", Array.Empty<string>() },
            });
        }
    }
}
