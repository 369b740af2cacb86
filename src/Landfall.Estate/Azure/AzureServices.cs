using System.Collections.Immutable;

namespace Landfall.Estate.Azure;

/// <summary>Words by which manifests say what runs where in Azure.</summary>
public static class AzureServices
{
    /// <summary>A container job.</summary>
    public const string ContainerJob = "containerJob";

    /// <summary>A Databricks workspace.</summary>
    public const string Databricks = "databricks";

    /// <summary>A Synapse workspace, with a Spark pool for each pool.</summary>
    public const string Synapse = "synapse";

    /// <summary>A data factory.</summary>
    public const string DataFactory = "dataFactory";

    /// <summary>A Machine Learning workspace with a Kubernetes cluster.</summary>
    public const string MachineLearning = "machineLearning";

    /// <summary>A runtime on a machine near the source.</summary>
    public const string SelfHosted = "selfHosted";

    /// <summary>Entry for applications through a gateway.</summary>
    public const string Gateway = "gateway";

    /// <summary>Entry for Power BI through a subnet of its own.</summary>
    public const string PowerBi = "powerBi";

    /// <summary>What a pool may be.</summary>
    public static ImmutableArray<string> OfPools { get; } = [ContainerJob, Databricks, Synapse];

    /// <summary>What an integration may have a resource group for.</summary>
    public static ImmutableArray<string> OfIntegrations { get; } = [DataFactory, Synapse];

    /// <summary>What a product may have a resource group for.</summary>
    public static ImmutableArray<string> OfProducts { get; } = [DataFactory, MachineLearning, Synapse];

    /// <summary>Ways in from outside of the zones.</summary>
    public static ImmutableArray<string> Entries { get; } = [Gateway, PowerBi];

    /// <summary>How applications prove who they are: by key, or by a token of Entra.</summary>
    public static ImmutableArray<string> Authentications { get; } = ["key", "entra"];

    /// <summary>What the estate may have already, declared by the management zone.</summary>
    public static ImmutableArray<string> ExistingOfManagement { get; } =
        ["network", "firewall", "dnsZones", "purview", "logWorkspace"];

    /// <summary>What a landing zone may have already.</summary>
    public static ImmutableArray<string> ExistingOfZones { get; } = ["network"];
}
