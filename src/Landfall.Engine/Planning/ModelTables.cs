using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        EndpointDefinition? holdout = product.Endpoint is { HoldoutShare: > 0 } endpoint ? endpoint : null;
        ImmutableArray<TableName> reads = table.Model switch
        {
            ModelTable.Gram => [interactions],
            ModelTable.Model => [accounts, Named("gram"), interactions],
            ModelTable.Recommendation when holdout is not null => [accounts, interactions, Named("model")],
            ModelTable.Recommendation => [interactions, Named("model")],
            _ => [],
        };
        string settings = JsonSerializer.Serialize(definition, ComputeJson.Default.ModelDefinition);
        string told = table.Model is ModelTable.Model ? settings
            : table.Model is ModelTable.Recommendation ? ToldOf(definition, holdout)
            : definition.Interactions;
        return new()
        {
            Table = entry,
            Product = product,
            Source = table,
            Reads = [.. reads.Distinct().Order()],
            Query = table.Model is ModelTable.Gram ? GramSql(interactions) : "",
            Settings = table.Model is ModelTable.Recommendation ? WithHoldout(settings, holdout) : settings,
            Rule = null,
            CodeFingerprint = Convert.ToHexStringLower(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{CodeVersion}\0{table.Model}\0{told}")))[..32],
            ContractFingerprint = entry.Table.Fingerprint(),
        };
    }

    /// <summary>
    /// Only who is held out counts of the endpoint. Without a holdout nothing is said of one, so that tables from
    /// before there was one in them are not made anew.
    /// </summary>
    private static string ToldOf(ModelDefinition definition, EndpointDefinition? holdout) =>
        $"{definition.Interactions} {definition.Recommendations}"
        + (holdout is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" {definition.Accounts}\0{holdout.HoldoutShare:R}\0{holdout.HoldoutSalt}"));

    private static string WithHoldout(string settings, EndpointDefinition? holdout)
    {
        if (holdout is null)
        {
            return settings;
        }

        JsonNode told = JsonNode.Parse(settings)!;
        told["holdoutShare"] = holdout.HoldoutShare;
        told["holdoutSalt"] = holdout.HoldoutSalt;
        return told.ToJsonString();
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
