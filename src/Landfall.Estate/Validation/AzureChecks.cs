using Landfall.Estate.Azure;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>What a unit says of Azure fits its service. Empty words have been reported.</summary>
internal static class AzureChecks
{
    public static void Check(Zone zone, Report report)
    {
        foreach (Integration integration in zone.Integrations)
        {
            CheckRuntime(zone, integration, report);
        }

        foreach (Product product in zone.Products)
        {
            CheckProduct(product, $"zone:{zone.Id}/product:{product.Id}/azure", report);
        }
    }

    private static void CheckRuntime(Zone zone, Integration integration, Report report)
    {
        Pool? pool = zone.Pools.FirstOrDefault(p => p.Id == integration.Pool);
        string? service = integration.Azure.Service ?? (pool is null ? "" : pool.AzureService);
        if (integration.Azure.Runtime is { Length: > 0 }
            && service is not ("" or AzureServices.DataFactory or AzureServices.Synapse))
        {
            report.Error(
                "LF1085", $"zone:{zone.Id}/integration:{integration.Id}/azure",
                "Only a data factory and Synapse have a runtime of one's own.",
                "Give it service: dataFactory, a pool with service: synapse, or remove runtime.");
        }
    }

    private static void CheckProduct(Product product, string key, Report report)
    {
        AzureUnit azure = product.Azure;
        if (azure.Service == AzureServices.MachineLearning
            && (!product.Serve.Contains("http") || product.Details?.ServedEndpoint is null))
        {
            report.Error(
                "LF1085", key, "Machine Learning serves an endpoint, and the product has none.",
                "Give it an endpoint and add http to serve, or choose another service.");
        }

        string? needed = azure.Entry?.Type switch
        {
            AzureServices.Gateway => AzureServices.MachineLearning,
            AzureServices.PowerBi => AzureServices.Synapse,
            _ => null,
        };
        if (needed is not null && azure.Service is not "" && azure.Service != needed)
        {
            report.Error(
                "LF1085", key, $"An entry of type {azure.Entry!.Type} leads to {needed}.",
                $"Write service: {needed}, or remove the entry.");
        }
        else if (needed == AzureServices.Synapse && !product.ServesSql)
        {
            report.Error(
                "LF1085", key, "Power BI reads SQL, and the product serves none.", "Add sql to serve.");
        }
    }
}
