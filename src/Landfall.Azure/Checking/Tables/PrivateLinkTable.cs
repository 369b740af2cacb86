using System.Collections.Immutable;

namespace Landfall.Azure.Checking.Tables;

/// <summary>Which private endpoints there are for a type, and where their names stand.</summary>
internal static class PrivateLinkTable
{
    private static readonly ImmutableArray<PrivateLinkGroup> Groups =
    [
        new("Microsoft.Storage/storageAccounts", "blob", ["privatelink.blob.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "blob_secondary", ["privatelink.blob.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "dfs", ["privatelink.dfs.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "dfs_secondary", ["privatelink.dfs.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "file", ["privatelink.file.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "queue", ["privatelink.queue.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "queue_secondary", ["privatelink.queue.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "table", ["privatelink.table.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "table_secondary", ["privatelink.table.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "web", ["privatelink.web.core.windows.net"]),
        new("Microsoft.Storage/storageAccounts", "web_secondary", ["privatelink.web.core.windows.net"]),
        new("Microsoft.KeyVault/vaults", "vault", ["privatelink.vaultcore.azure.net"]),
        new("Microsoft.ContainerRegistry/registries", "registry", ["privatelink.azurecr.io"]),
        new("Microsoft.Web/sites", "sites", ["privatelink.azurewebsites.net"]),
        new("Microsoft.Synapse/workspaces", "Sql", ["privatelink.sql.azuresynapse.net"]),
        new("Microsoft.Synapse/workspaces", "SqlOnDemand", ["privatelink.sql.azuresynapse.net"]),
        new("Microsoft.Synapse/workspaces", "Dev", ["privatelink.dev.azuresynapse.net"]),
        new("Microsoft.Synapse/privateLinkHubs", "Web", ["privatelink.azuresynapse.net"]),
        new("Microsoft.DataFactory/factories", "dataFactory", ["privatelink.datafactory.azure.net"]),
        new("Microsoft.DataFactory/factories", "portal", ["privatelink.adf.azure.com"]),
        new("Microsoft.Databricks/workspaces", "databricks_ui_api", ["privatelink.azuredatabricks.net"]),
        new("Microsoft.Databricks/workspaces", "browser_authentication", ["privatelink.azuredatabricks.net"]),
        new(
            "Microsoft.MachineLearningServices/workspaces", "amlworkspace",
            ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"]),
        new("Microsoft.Purview/accounts", "account", ["privatelink.purview.azure.com"]),
        new("Microsoft.Purview/accounts", "portal", ["privatelink.purviewstudio.azure.com"]),
        new("Microsoft.Purview/accounts", "platform", ["privatelink.purview-service.microsoft.com"]),
        new("Microsoft.EventHub/namespaces", "namespace", ["privatelink.servicebus.windows.net"]),
        new("Microsoft.ServiceBus/namespaces", "namespace", ["privatelink.servicebus.windows.net"]),
        new("Microsoft.Sql/servers", "sqlServer", ["privatelink.database.windows.net"]),
        new("Microsoft.DocumentDB/databaseAccounts", "Sql", ["privatelink.documents.azure.com"]),
        new("Microsoft.DocumentDB/databaseAccounts", "MongoDB", ["privatelink.mongo.cosmos.azure.com"]),
        new("Microsoft.DocumentDB/databaseAccounts", "Cassandra", ["privatelink.cassandra.cosmos.azure.com"]),
        new("Microsoft.DocumentDB/databaseAccounts", "Gremlin", ["privatelink.gremlin.cosmos.azure.com"]),
        new("Microsoft.DocumentDB/databaseAccounts", "Table", ["privatelink.table.cosmos.azure.com"]),
        new("Microsoft.Search/searchServices", "searchService", ["privatelink.search.windows.net"]),
        new("Microsoft.ContainerService/managedClusters", "management", ["privatelink.{region}.azmk8s.io"]),
        new(
            "Microsoft.App/managedEnvironments", "managedEnvironments",
            ["privatelink.{region}.azurecontainerapps.io"]),
        new("Microsoft.DBforMySQL/servers", "mysqlServer", ["privatelink.mysql.database.azure.com"]),
        new("Microsoft.DBforMySQL/flexibleServers", "mysqlServer", ["privatelink.mysql.database.azure.com"]),
        new("Microsoft.DBforPostgreSQL/servers", "postgresqlServer", ["privatelink.postgres.database.azure.com"]),
        new(
            "Microsoft.DBforPostgreSQL/flexibleServers", "postgresqlServer",
            ["privatelink.postgres.database.azure.com"]),
        new("Microsoft.DBforMariaDB/servers", "mariadbServer", ["privatelink.mariadb.database.azure.com"]),
        new(
            "Microsoft.Devices/IotHubs", "iotHub",
            ["privatelink.azure-devices.net", "privatelink.servicebus.windows.net"]),
        new(
            "Microsoft.Insights/privateLinkScopes", "azuremonitor",
            [
                "privatelink.monitor.azure.com", "privatelink.oms.opinsights.azure.com",
                "privatelink.ods.opinsights.azure.com", "privatelink.agentsvc.azure-automation.net",
                "privatelink.blob.core.windows.net",
            ]),
    ];

    /// <summary>The groups of a type; none where the type is not known here.</summary>
    public static IEnumerable<PrivateLinkGroup> Of(string type) =>
        Groups.Where(g => g.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}
