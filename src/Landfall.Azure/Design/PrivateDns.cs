namespace Landfall.Azure.Design;

/// <summary>
/// Private DNS zones of Azure's public cloud by what a private endpoint leads to. Source: "Azure Private Endpoint
/// private DNS zone values" of Microsoft's documentation.
/// </summary>
internal static class PrivateDns
{
    /// <summary>The zone's name.</summary>
    /// <param name="key">What the endpoint leads to, as parameters name it.</param>
    public static string ZoneName(string key) => key switch
    {
        "blob" => "privatelink.blob.core.windows.net",
        "dfs" => "privatelink.dfs.core.windows.net",
        "file" => "privatelink.file.core.windows.net",
        "vault" => "privatelink.vaultcore.azure.net",
        "registry" => "privatelink.azurecr.io",
        "synapseSql" => "privatelink.sql.azuresynapse.net",
        "synapseDev" => "privatelink.dev.azuresynapse.net",
        "databricks" => "privatelink.azuredatabricks.net",
        "dataFactory" => "privatelink.datafactory.azure.net",
        "dataFactoryPortal" => "privatelink.adf.azure.com",
        "machineLearning" => "privatelink.api.azureml.ms",
        "notebooks" => "privatelink.notebooks.azure.net",
        "purview" => "privatelink.purview.azure.com",
        "purviewPortal" => "privatelink.purviewstudio.azure.com",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "No private DNS zone."),
    };
}
