namespace Landfall.Azure.Design;

/// <summary>Names of subnets, by what they are for. A network that is there already has those that are used.</summary>
internal static class SubnetNames
{
    /// <summary>The firewall's; Azure wants this name.</summary>
    public const string Firewall = "AzureFirewallSubnet";

    /// <summary>Private endpoints.</summary>
    public const string Services = "services";

    /// <summary>Databricks' hosts.</summary>
    public const string DatabricksPublic = "databricks-public";

    /// <summary>Databricks' containers.</summary>
    public const string DatabricksPrivate = "databricks-private";

    /// <summary>Nodes and the entry of Kubernetes clusters.</summary>
    public const string Kubernetes = "kubernetes";

    /// <summary>Container jobs.</summary>
    public const string Containers = "containers";

    /// <summary>Application gateways.</summary>
    public const string Gateway = "gateway";

    /// <summary>Power BI's gateway.</summary>
    public const string PowerBi = "power-bi";
}
