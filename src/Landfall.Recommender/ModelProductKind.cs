using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Analysis;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Tasks;
using Landfall.Workers;

namespace Landfall.Recommender;

/// <summary>Products that train a model: its tables, what they read, and what their tasks are told.</summary>
public sealed class ModelProductKind : IProductKind
{
    /// <summary>Raised where a task computes something else from the same input.</summary>
    private const string CodeVersion = "1";

    /// <inheritdoc/>
    public IProductManifest Manifest { get; } = new ModelManifest();

    /// <inheritdoc/>
    public IReadOnlyList<IWorkerTask> Tasks { get; } =
    [
        new GramTask(), new ModelTask(), new RecommendationTask(), new EmptyTask("exposure"), new EmptyTask("feedback"),
    ];

    /// <inheritdoc/>
    public BuildDefinition Describe(Product product, ProductTable table, CatalogTable entry)
    {
        ModelDetails details = ModelDetails.Of(product)!;
        ModelTable kind = Enum.Parse<ModelTable>(table.Name, ignoreCase: true);
        TableName interactions = entry.Name with { Table = details.Model.Interactions };
        EndpointDefinition? holdout = details.Endpoint is { HoldoutShare: > 0 } endpoint ? endpoint : null;
        string settings = JsonSerializer.Serialize(details.Model, DefinitionJson.Default.ModelDefinition);
        string told = kind is ModelTable.Model ? settings
            : kind is ModelTable.Recommendation ? ToldOf(details.Model, holdout)
            : details.Model.Interactions;
        return new()
        {
            Table = entry,
            Product = product,
            Source = table,
            Reads = [.. ReadsOf(kind, details.Model, entry.Name, holdout is not null).Distinct().Order()],
            Query = kind is ModelTable.Gram ? GramSql(interactions) : "",
            Computed = ComputationOf(
                kind, kind is ModelTable.Recommendation ? WithHoldout(settings, holdout) : settings),
            Rule = null,
            CodeFingerprint = Convert.ToHexStringLower(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{CodeVersion}\0{kind}\0{told}")))[..32],
            ContractFingerprint = entry.Table.Fingerprint(),
        };
    }

    /// <summary>
    /// The registry, exposures and feedback keep their rows whatever changes; the others are replaced.
    /// </summary>
    private static Computation ComputationOf(ModelTable table, string settings) => new(
        $"model-{table.ToString().ToLowerInvariant()}",
        settings,
        KeepsRows: table is not (ModelTable.Gram or ModelTable.Recommendation),
        table switch
        {
            ModelTable.Model => ArtifactUse.Write,
            ModelTable.Recommendation => ArtifactUse.Read,
            _ => ArtifactUse.None,
        });

    private static ImmutableArray<TableName> ReadsOf(
        ModelTable table, ModelDefinition definition, TableName self, bool holdsOut)
    {
        TableName Named(string name) => self with { Table = name };
        TableName interactions = Named(definition.Interactions);
        TableName accounts = Named(definition.Accounts);
        return table switch
        {
            ModelTable.Gram => [interactions],
            ModelTable.Model => [accounts, Named("gram"), interactions],
            ModelTable.Recommendation when holdsOut => [accounts, interactions, Named("model")],
            ModelTable.Recommendation => [interactions, Named("model")],
            _ => [],
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
