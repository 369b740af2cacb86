using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Landfall.Engine.Build;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Sql;

namespace Landfall.Engine.Planning;

/// <summary>The tables of a model: what they read, and what their tasks are told.</summary>
internal static class ModelTables
{
    /// <summary>Raised where a task computes something else from the same input.</summary>
    private const string CodeVersion = "1";

    /// <summary>The model of a table.</summary>
    public static ProductModel Of(Product product, ProductTable table, CatalogTable entry)
    {
        ModelDefinition definition = product.Model!;
        TableName Named(string name) => entry.Name with { Table = name };
        TableName interactions = Named(definition.Interactions);
        TableName accounts = Named(definition.Accounts);
        ImmutableArray<TableName> reads = table.Model switch
        {
            ModelTable.Gram => [interactions],
            ModelTable.Model => [accounts, Named("gram"), interactions],
            ModelTable.Recommendation => [interactions, Named("model")],
            _ => [],
        };
        string settings = JsonSerializer.Serialize(definition, ComputeJson.Default.ModelDefinition);
        string told = table.Model is ModelTable.Model ? settings
            : table.Model is ModelTable.Recommendation ? $"{definition.Interactions} {definition.Recommendations}"
            : definition.Interactions;
        return new()
        {
            Table = entry,
            Product = product,
            Source = table,
            Reads = [.. reads.Order()],
            Query = table.Model is ModelTable.Gram ? GramSql(interactions) : "",
            Settings = settings,
            Rule = null,
            CodeFingerprint = Convert.ToHexStringLower(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{CodeVersion}\0{table.Model}\0{told}")))[..32],
            ContractFingerprint = entry.Table.Fingerprint(),
        };
    }

    /// <summary>What the Gram matrix is; the task does not join, but gives the same.</summary>
    private static string GramSql(TableName interactions) =>
        $"""
        with used as (
            select distinct account_id, service_id
            from {interactions}
            where amount > 0 and amount < cast('Infinity' as double)
        )
        select one.service_id as service_i, other.service_id as service_j, count(*) as accounts
        from used as one
        inner join used as other on other.account_id = one.account_id and other.service_id >= one.service_id
        group by one.service_id, other.service_id
        """;
}
