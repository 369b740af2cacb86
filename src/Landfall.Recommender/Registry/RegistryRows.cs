using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Build;

namespace Landfall.Recommender.Registry;

/// <summary>New rows of a model's registry, in the order of its table's columns.</summary>
internal static class RegistryRows
{
    /// <summary>What every package answers to: the shapes of requests and responses.</summary>
    public static string Signature { get; } = new JsonObject
    {
        ["request"] = new JsonObject { ["services"] = "string[]", ["count"] = "int", ["excluded"] = "string[]" },
        ["response"] = new JsonObject
        {
            ["rank"] = "int", ["service"] = "string", ["score"] = "double", ["probability"] = "double?",
            ["reasons"] = "{service: string, contribution: double}[]",
        },
    }.ToJsonString();

    /// <summary>A version that is registered.</summary>
    public static object?[] VersionOf(
        int version, TrainedModel model, string artifact, string sha256, ComputePayload compute, int seed)
    {
        TrainingReport report = model.Report;
        return
        [
            "registered", version, null, compute.Now, report.Promotion.Explanation,
            report.Chosen.Algorithm.ToString().ToLowerInvariant(),
            JsonSerializer.Serialize(report.Chosen, ModelRegistry.Json), artifact, sha256, report.DataThrough,
            new JsonObject(compute.Inputs.Values.Select(
                i => KeyValuePair.Create(i.Rows.Name.ToString(), (JsonNode?)i.Version))).ToJsonString(),
            compute.Code, seed, report.Results[0].Result.Mean.Ndcg, report.Results[0].Result.Mean.Recall,
            report.Promotion.Passed ? "passed" : "refused", JsonSerializer.Serialize(report, ModelRegistry.Json),
            Signature, ModelCard.Of(report),
        ];
    }

    /// <summary>An alias that is given to a version.</summary>
    public static object?[] AliasOf(string alias, int version, string reason, DateTimeOffset at) =>
    [
        "alias", version, alias, at, reason, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null,
    ];
}
