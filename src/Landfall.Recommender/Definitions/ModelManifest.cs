using System.Collections.Immutable;
using Landfall.Estate.Products;
using Landfall.Estate.Reading;

namespace Landfall.Recommender.Definitions;

/// <summary>Reads what a product of type <c>model</c> says of its model and its endpoint.</summary>
public sealed class ModelManifest : IProductManifest
{
    /// <summary>Algorithms of models.</summary>
    public static ImmutableArray<string> Algorithms { get; } = ["ease", "edlae", "rlae", "dan"];

    /// <summary>Models that a model can be made to beat.</summary>
    public static ImmutableArray<string> Baselines { get; } =
        ["popularity", "recent-popularity", "item-knn", "sar"];

    private static readonly ImmutableArray<string> Aliases = ["champion", "challenger"];

    /// <inheritdoc/>
    public string Type => "model";

    /// <inheritdoc/>
    public IEnumerable<string> ComputedTables =>
        Enum.GetValues<ModelTable>().Select(t => t.ToString().ToLowerInvariant());

    /// <inheritdoc/>
    public ProductDetails? Read(Section section, string key)
    {
        ModelDefinition? model = Model(section, key);
        EndpointDefinition? endpoint = Endpoint(section, key);
        return model is null ? null : new ModelDetails(model, endpoint);
    }

    /// <inheritdoc/>
    public void Check(ProductCheck check) => ModelChecks.Check(check);

    /// <summary>The model; null where it is missing.</summary>
    private static ModelDefinition? Model(Section product, string key)
    {
        if (product.Nested("model", "The model") is not { } section)
        {
            return null;
        }

        section.Context.Mark($"{key}/model/interactions", section.Place("interactions"));
        section.Context.Mark($"{key}/model/accounts", section.Place("accounts"));
        var model = new ModelDefinition
        {
            Interactions = section.Text("interactions"),
            Accounts = section.Text("accounts"),
            Algorithm = section.Word("algorithm", Algorithms),
            HalfLifeDays = (double)section.Decimal("halfLifeDays", 0.1m, 10_000, 14),
            Search = Search(section),
            Evaluation = Evaluation(section),
            Promotion = Promotion(section),
            Recommendations = (int)section.Integer("recommendations", 1, 1_000, 10),
            Seed = (int)section.Integer("seed", 0, int.MaxValue, 1),
        };
        section.Close();
        return model;
    }

    /// <summary>The endpoint; null for none.</summary>
    private static EndpointDefinition? Endpoint(Section product, string key)
    {
        if (product.Nested("endpoint", "The endpoint", required: false) is not { } section)
        {
            return null;
        }

        section.Context.Mark($"{key}/endpoint/deployments", section.Place("deployments"));
        section.Context.Mark($"{key}/endpoint/name", section.Place("name"));
        Section? holdout = section.Nested("holdout", "The holdout", required: false);
        if (holdout is not null)
        {
            holdout.Context.Mark($"{key}/endpoint/holdout", holdout.Place("share"));
        }

        var endpoint = new EndpointDefinition
        {
            Name = section.Id("name"),
            Deployments = Deployments(section, key),
            TimeoutSeconds = (int)section.Integer("timeoutSeconds", 1, 300, 5),
            ConcurrentRequests = (int)section.Integer("concurrentRequests", 1, 10_000, 256),
            HoldoutShare = (double)(holdout?.Decimal("share", 0, 0.1m) ?? 0),
            HoldoutSalt = holdout?.Text("salt") ?? "",
        };
        holdout?.Close();
        section.Close();
        return endpoint;
    }

    private static ImmutableArray<EndpointDeployment> Deployments(Section endpoint, string key)
    {
        var deployments = ImmutableArray.CreateBuilder<EndpointDeployment>();
        foreach (Section section in endpoint.Sections("deployments", "The deployment"))
        {
            string name = section.Id("name");
            UnitParts.MarkUnique(section, $"{key}/endpoint/deployment:", name, "name");
            deployments.Add(new(
                name,
                section.Word("model", Aliases),
                (int)section.Integer("traffic", 0, 100, 0),
                (int)section.Integer("mirror", 0, 50, 0)));
            section.Close();
        }

        return deployments.ToImmutable();
    }

    private static ModelSearch Search(Section model)
    {
        Section? section = model.Nested("search", "The search");
        ModelSearch search = new()
        {
            Lambda = Numbers(section, "lambda", 0.001m, 1_000_000, 500),
            Dropout = Numbers(section, "dropout", 0, 0.99m, 0),
            Alpha = Numbers(section, "alpha", 0, 1, 0),
            Xi = Numbers(section, "xi", 0, 1, 0),
            PopularityWeight = Numbers(section, "popularityWeight", 0, 1_000, 0),
        };
        section?.Close();
        return search;
    }

    private static ImmutableArray<double> Numbers(
        Section? section, string key, decimal low, decimal high, double absent)
    {
        ImmutableArray<double> numbers = section is null
            ? []
            : [.. section.Scalars(key, required: false).Select(s => (double)section.DecimalOf(s, key, low, high))];
        return numbers.IsEmpty ? [absent] : numbers;
    }

    private static ModelEvaluation Evaluation(Section model)
    {
        Section? section = model.Nested("evaluation", "The evaluation");
        ModelEvaluation evaluation = new(
            (int)(section?.Integer("cutOffs", 1, 100, 3) ?? 3),
            (int)(section?.Integer("horizonDays", 1, 3_650, 30) ?? 30),
            (int)(section?.Integer("top", 1, 1_000, 10) ?? 10));
        section?.Close();
        return evaluation;
    }

    /// <summary>The criteria, which were called <c>gate</c> before (ADR 0014).</summary>
    private static PromotionCriteria Promotion(Section model)
    {
        bool former = !model.Has("promotion") && model.Has("gate");
        if (former)
        {
            model.Context.Diagnostics.Warning(
                "LF1056", model.Place("gate"), "The key 'gate' is called 'promotion' now.", "Rename it.");
        }

        Section? section = model.Nested(former ? "gate" : "promotion", "The promotion");
        PromotionCriteria promotion = new(
            section?.Words("beats", Baselines) ?? Baselines,
            (double)(section?.Decimal("confidence", 0.5m, 0.999m, 0.95m) ?? 0.95m),
            (double)(section?.Decimal("championLoss", 0, 1, 0.005m) ?? 0.005m),
            (double)(section?.Decimal("spreadLoss", 0, 1, 0.1m) ?? 0.1m));
        section?.Close();
        return promotion;
    }
}
