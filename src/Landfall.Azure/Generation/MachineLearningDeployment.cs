using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Estate.Azure;
using Landfall.Estate.Products;

namespace Landfall.Azure.Generation;

/// <summary>
/// A product's endpoint: a Machine Learning workspace with what it needs of its own, a Kubernetes cluster attached to
/// it, the endpoint with its deployments, and the gateway that applications come in by.
/// </summary>
internal static class MachineLearningDeployment
{
    private const int Port = 8080;

    /// <summary>Adds it to the unit's deployment.</summary>
    public static void Add(DeploymentBlocks blocks, HostedUnit unit, Expression group, Expression identity)
    {
        Expression identityId = new($"{identity}.outputs.resourceId");
        Workspace(blocks, unit, group);
        Cluster(blocks, unit, group, identity);
        Expression compute = Compute(blocks, unit, group, identityId);
        Endpoint(blocks, unit, group, identityId, compute);
        if (unit.Azure.Entry is { Type: AzureServices.Gateway })
        {
            Gateway(blocks, unit, group);
        }
    }

    private static Expression Own(
        DeploymentBlocks blocks, HostedUnit unit, Expression group, string symbol, string use) =>
        blocks.Identity(symbol, group, blocks.Names.Add(symbol, p => p.Identity($"{unit.Id}-{use}")));

    private static Expression IdOf(string symbol) => new($"{symbol}.outputs.resourceId");

    private static void Workspace(DeploymentBlocks blocks, HostedUnit unit, Expression group)
    {
        Expression own = Own(blocks, unit, group, "workspaceIdentity", "workspace");
        Expression principal = new($"{own}.outputs.principalId");
        (string Symbol, string Role, string Purpose)[] roles =
        [
            ("workspaceManages", RoleNames.Contributor, "The workspace manages its endpoints and reaches its cluster."),
            ("workspaceFiles", RoleNames.BlobDataContributor, "The workspace keeps its own files."),
            ("workspaceShares", RoleNames.FileDataPrivilegedContributor, "The workspace keeps its notebooks."),
            ("workspaceSecrets", RoleNames.VaultAdministrator, "The workspace keeps its own secrets."),
            ("workspaceImages", RoleNames.RegistryPush, "The workspace builds images."),
        ];
        foreach ((string symbol, string role, string purpose) in roles)
        {
            blocks.Role(symbol, group, principal, role, purpose);
        }

        _ = blocks.Storage(
            "store", group, p => p.Storage(unit.Zone, "", unit.Id), isLake: false, "blob", "file");
        blocks.Vault(group);
        Registry(blocks, unit, group);
        BicepObject insights = blocks.Head(blocks.Names.Add("insights", p => p.Local(60, "appi", unit.Id)));
        insights.Add("roleAssignments", Array.Empty<string>());
        _ = blocks.WithDiagnostics(insights);
        insights.Add("workspaceResourceId", blocks.LogWorkspace);
        _ = blocks.Template.Module("insights", "application-insights", group, insights);

        Expression name = blocks.Names.Add("workspace", p => p.Unique(33, "mlw", unit.Zone, unit.Id));
        BicepObject workspace = blocks.Head(name);
        workspace.Add("roleAssignments", blocks.OwnerRole(RoleNames.DataScientist));
        _ = blocks.WithDiagnostics(workspace);
        workspace.Add("privateEndpoints", (Call[])
            [blocks.Endpoint(name, "amlworkspace", "machineLearning", "notebooks")]);
        workspace.Add("userAssignedIdentityResourceId", IdOf(own.Text));
        workspace.Add("associatedStorageAccountResourceId", IdOf("store"));
        workspace.Add("associatedKeyVaultResourceId", IdOf("vault"));
        workspace.Add("associatedContainerRegistryResourceId", IdOf("registry"));
        workspace.Add("associatedApplicationInsightsResourceId", IdOf("insights"));
        _ = blocks.Template.Module(
            "workspace", "machine-learning-workspace", group, workspace, roles.Select(r => r.Symbol));
    }

    private static void Registry(DeploymentBlocks blocks, HostedUnit unit, Expression group)
    {
        Expression name = blocks.Names.Add("registry", p => p.Registry(unit));
        BicepObject registry = blocks.Head(name);
        registry.Add("lock", blocks.Lock);
        registry.Add("roleAssignments", Array.Empty<string>());
        _ = blocks.WithDiagnostics(registry);
        registry.Add("privateEndpoints", (Call[])[blocks.Endpoint(name, "registry", "registry")]);
        registry.Add("zoneRedundancy", blocks.Template.Parameter(
            "zoneRedundancy", "Whether images are spread over availability zones.", "'Enabled' | 'Disabled'",
            p => p.Environment.IsZoneRedundant ? "Enabled" : "Disabled"));
        registry.Add("retentionInDays", 30);
        _ = blocks.Template.Module("registry", "container-registry", group, registry);
    }

    private static void Cluster(DeploymentBlocks blocks, HostedUnit unit, Expression group, Expression identity)
    {
        Expression control = Own(blocks, unit, group, "clusterIdentity", "cluster");
        Expression nodes = Own(blocks, unit, group, "nodesIdentity", "nodes");
        Expression principal = new($"{control}.outputs.principalId");
        blocks.Role(
            "clusterNetwork", NetworkScope(blocks, unit), principal, RoleNames.NetworkContributor,
            $"The cluster of {unit.Id} joins its nodes to the network.");
        blocks.Role(
            "clusterNodes", group, principal, RoleNames.IdentityOperator, "The cluster gives its nodes an identity.");
        foreach ((string symbol, Expression puller) in ((string, Expression)[])
            [("nodesPull", nodes), ("identityPulls", identity)])
        {
            blocks.Role(
                symbol, group, new($"{puller}.outputs.principalId"), RoleNames.RegistryPull, "Pulls images.");
        }

        BicepObject cluster = blocks.Head(blocks.Names.Add("cluster", p => p.Local(54, "aks", unit.Id)));
        _ = blocks.WithDiagnostics(cluster);
        cluster.Add("controlPlaneIdentityResourceId", IdOf(control.Text));
        cluster.Add("kubeletIdentityResourceId", IdOf(nodes.Text));
        cluster.Add("subnetResourceId", blocks.SubnetId("kubernetesSubnet", SubnetNames.Kubernetes));
        cluster.Add("serviceCidr", blocks.Ranges.Add("kubernetesServices", _ => KubernetesRanges.Services));
        cluster.Add("podCidr", blocks.Ranges.Add("kubernetesPods", _ => KubernetesRanges.Pods));
        cluster.Add("nodeResourceGroupName", blocks.Names.Add(
            "nodesGroup", p => AzureName.Of(80, "rg", $"{unit.Zone}-{unit.Id}", $"{p.Environment.Name}-nodes")));
        cluster.Add("adminGroupObjectIds", (Expression[])[blocks.OwnerGroup]);
        cluster.Add("availabilityZones", blocks.AvailabilityZones);
        cluster.Add("systemPool", new BicepObject { { "vmSize", "Standard_D4ds_v5" }, { "count", 2 } });
        cluster.Add("userPool", new BicepObject { { "vmSize", "Standard_D4ds_v5" }, { "count", 3 } });
        _ = blocks.Template.Module(
            "cluster", "kubernetes-cluster", group, cluster, "clusterNetwork", "clusterNodes", "nodesPull");
    }

    /// <summary>The resource group of the zone's network.</summary>
    private static Call NetworkScope(DeploymentBlocks blocks, HostedUnit unit) => blocks.HasNetwork
        ? ExistingId.Scope(
            blocks.Template.Group("network", "The network that is there: its subscription and resource group."),
            "network", p => p.NetworkId(unit.Zone))
        : new("resourceGroup", blocks.GroupName("networkGroup", Groups.Network));

    private static Expression Compute(
        DeploymentBlocks blocks, HostedUnit unit, Expression group, Expression identityId)
    {
        BicepObject compute = new()
        {
            { "name", "kubernetes" },
            { "location", blocks.Location },
            { "tags", blocks.Tags },
            { "workspaceName", blocks.Names.Of("workspace") },
            { "clusterName", blocks.Names.Of("cluster") },
            { "namespace", "default" },
            { "userAssignedIdentityResourceId", identityId },
            { "tlsSecretName", "router-certificate" },
            { "tlsHostName", HostName(blocks, unit) },
        };
        return blocks.Template.Module(
            "compute", "machine-learning-kubernetes", group, compute, "workspace", "cluster", "identityPulls");
    }

    private static Expression HostName(DeploymentBlocks blocks, HostedUnit unit) => blocks.Template.Parameter(
        "hostName", "Host name that applications call.", "string",
        p => p.Environment.Gateways.TryGetValue(unit.Deployment, out var gateway)
            ? gateway.Host
            : $"{unit.Id}.{p.Design.Management.DnsSuffix}");

    private static void Endpoint(
        DeploymentBlocks blocks, HostedUnit unit, Expression group, Expression identityId, Expression compute)
    {
        ServedEndpoint served = unit.Product!.Details!.ServedEndpoint!;
        Expression workspace = blocks.Names.Of("workspace");
        string path = $"/endpoints/{served.Name}";
        Expression environment = blocks.Template.Module("environment", "machine-learning-environment", group, new()
        {
            { "name", "landfall" },
            {
                "version", blocks.Template.Parameter(
                    "imageVersion", "Version of the environment: the tag of its image, or the start of its digest.",
                    "string", p => VersionOf(p.Environment.Image!))
            },
            { "tags", blocks.Tags },
            { "workspaceName", workspace },
            { "purpose", $"Serves {unit.Id}." },
            {
                "image", blocks.Template.Parameter(
                    "image", "Landfall's container image in the registry of the workspace.", "string",
                    p => ImageOf(p, unit))
            },
            { "port", Port },
            {
                "paths", new BicepObject
                {
                    { "scoring", $"{path}/score" },
                    { "liveness", $"{path}/health/live" },
                    { "readiness", $"{path}/health/ready" },
                }
            },
        }, "workspace");
        Expression name = blocks.Names.Add("endpoint", p => EndpointName(p, unit, served));
        BicepObject endpoint = blocks.Head(name);
        endpoint.Add("roleAssignments", Array.Empty<string>());
        _ = blocks.WithDiagnostics(endpoint);
        endpoint.Add("workspaceName", workspace);
        endpoint.Add("computeResourceId", new Expression($"{compute}.outputs.resourceId"));
        endpoint.Add("userAssignedIdentityResourceId", identityId);
        endpoint.Add("authMode", unit.Azure.Entry?.Authentication == "entra" ? "AMLToken" : "Key");
        endpoint.Add("purpose", $"Serves {unit.Product.Title} to applications.");
        _ = blocks.Template.Module("onlineEndpoint", "machine-learning-online-endpoint", group, endpoint);
        foreach (string deployment in served.Deployments)
        {
            Deployment(blocks, group, workspace, name, environment, served, deployment);
        }
    }

    private static void Deployment(
        DeploymentBlocks blocks, Expression group, Expression workspace, Expression endpoint, Expression environment,
        ServedEndpoint served, string deployment)
    {
        BicepObject probe = new()
        {
            { "initialDelay", "PT10S" },
            { "period", "PT10S" },
            { "timeout", "PT2S" },
            { "successThreshold", 1 },
            { "failureThreshold", 3 },
        };
        _ = blocks.Template.Module(
            BicepText.Symbol($"deployment-{deployment}"), "machine-learning-online-deployment", group, new()
            {
                { "name", deployment },
                { "location", blocks.Location },
                { "tags", blocks.Tags },
                { "workspaceName", workspace },
                { "endpointName", endpoint },
                { "environmentResourceId", new Expression($"{environment}.outputs.resourceId") },
                { "instanceType", "defaultinstancetype" },
                { "minInstances", 2 },
                { "maxInstances", 6 },
                { "targetUtilizationPercentage", 70 },
                { "maxConcurrentRequestsPerInstance", served.ConcurrentRequests },
                { "requestTimeout", $"PT{served.TimeoutSeconds}S" },
                { "livenessProbe", probe },
                { "readinessProbe", probe },
                { "containerResourceRequests", new BicepObject { { "cpu", "500m" }, { "memory", "1Gi" } } },
                { "containerResourceLimits", new BicepObject { { "cpu", "1" }, { "memory", "2Gi" } } },
                { "environmentVariables", new BicepObject { { "LANDFALL_DEPLOYMENT", deployment } } },
            },
            "onlineEndpoint");
    }

    private static void Gateway(DeploymentBlocks blocks, HostedUnit unit, Expression group)
    {
        ServedEndpoint served = unit.Product!.Details!.ServedEndpoint!;
        Expression own = Own(blocks, unit, group, "gatewayIdentity", "gateway");
        blocks.Role(
            "gatewayReads", group, new($"{own}.outputs.principalId"), RoleNames.SecretsUser,
            "The gateway reads its certificate.");
        BicepObject address = blocks.Head(blocks.Names.Add("gatewayAddress", p => p.Local(80, "pip", unit.Id)));
        address.Add("availabilityZones", blocks.AvailabilityZones);
        _ = blocks.Template.Module("gatewayAddress", "public-ip-address", group, address);
        BicepObject policy = blocks.Head(blocks.Names.Add("gatewayPolicy", p => p.Local(80, "waf", unit.Id)));
        policy.Add("maxRequestBodySizeInKb", 128);
        _ = blocks.Template.Module("gatewayPolicy", "web-application-firewall-policy", group, policy);
        BicepObject gateway = blocks.Head(blocks.Names.Add("gateway", p => p.Local(80, "agw", unit.Id)));
        _ = blocks.WithDiagnostics(gateway);
        gateway.Add("subnetResourceId", blocks.SubnetId("gatewaySubnet", SubnetNames.Gateway));
        gateway.Add("firewallPolicyResourceId", IdOf("gatewayPolicy"));
        gateway.Add("publicIpAddressResourceId", IdOf("gatewayAddress"));
        gateway.Add("availabilityZones", blocks.AvailabilityZones);
        gateway.Add("maxCapacity", 4);
        gateway.Add("userAssignedIdentityResourceId", IdOf(own.Text));
        gateway.Add("certificateUri", blocks.Template.Parameter(
            "certificateUri", "Address of the certificate of the host name in the product's vault.", "string",
            p => $"https://{p.Vault(unit.Zone, unit.Id)}.vault.azure.net/secrets/gateway"));
        gateway.Add("hostName", HostName(blocks, unit));
        gateway.Add("backendAddress", blocks.Ranges.Add(
            "router", p => Placement.Plan(p.Zone(unit.Zone)).AddressOf(SubnetNames.Kubernetes, -6)));
        gateway.Add("probePath", "/");
        gateway.Add("requestTimeout", served.TimeoutSeconds);
        _ = blocks.Template.Module(
            "gateway", "application-gateway", group, gateway, "gatewayReads", "vault");
    }

    private static string EndpointName(Placement placement, HostedUnit unit, ServedEndpoint served)
    {
        string tail = placement.Unique(32, "", unit.Zone, unit.Id)[^11..];
        string name = served.Name.Length + tail.Length <= 32 ? served.Name : served.Name[..(32 - tail.Length)];
        return name.TrimEnd('-') + tail;
    }

    private static string ImageOf(Placement placement, HostedUnit unit)
    {
        string image = placement.Environment.Image!;
        return $"{placement.Registry(unit)}.azurecr.io{image[image.IndexOf('/', StringComparison.Ordinal)..]}";
    }

    private static string VersionOf(string image) => image.Contains("@sha256:", StringComparison.Ordinal)
        ? image[(image.LastIndexOf(':') + 1)..][..12]
        : image[(image.LastIndexOf(':') + 1)..];
}
