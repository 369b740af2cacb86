using System.Collections.Frozen;

namespace Landfall.Azure.Planning;

/// <summary>Types whose removal loses what only they hold.</summary>
internal static class DataHolders
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["Microsoft.Storage/storageAccounts"] = "the account's data",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "the container's blobs",
        ["Microsoft.Storage/storageAccounts/fileServices/shares"] = "the share's files",
        ["Microsoft.Storage/storageAccounts/queueServices/queues"] = "the queue's messages",
        ["Microsoft.Storage/storageAccounts/tableServices/tables"] = "the table's rows",
        ["Microsoft.KeyVault/vaults"] = "the vault's secrets and keys",
        ["Microsoft.Purview/accounts"] = "the catalogue",
        ["Microsoft.OperationalInsights/workspaces"] = "the logs",
        ["Microsoft.ContainerRegistry/registries"] = "the images",
        ["Microsoft.MachineLearningServices/workspaces"] = "models, runs and endpoints",
        ["Microsoft.Databricks/workspaces"] = "notebooks, jobs and the workspace's own storage",
        ["Microsoft.Synapse/workspaces"] = "the workspace's databases, pipelines and scripts",
        ["Microsoft.Synapse/workspaces/sqlPools"] = "the pool's tables",
        ["Microsoft.Sql/servers"] = "the server's databases",
        ["Microsoft.Sql/servers/databases"] = "the database",
        ["Microsoft.DocumentDB/databaseAccounts"] = "the account's databases",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases"] = "the database",
        ["Microsoft.DBforPostgreSQL/flexibleServers"] = "the server's databases",
        ["Microsoft.DBforMySQL/flexibleServers"] = "the server's databases",
        ["Microsoft.DataFactory/factories"] = "pipelines and the history of their runs",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is lost with a resource of a type; null where nothing is.</summary>
    public static string? LossOf(string type) => Words.GetValueOrDefault(type);
}
