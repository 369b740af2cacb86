using System.Text.Json;
using Landfall.Engine.Build;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Experiments;

namespace Landfall.Recommender.Tasks;

/// <summary>What the manifest says of a model, as tasks are told.</summary>
internal static class ModelSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ModelDefinition Of(ComputePayload payload) =>
        payload.Settings.Deserialize<ModelDefinition>(Json)
        ?? throw new JsonException("The settings of a model are null.");

    /// <summary>The holdout of the model's endpoint; of nobody where there is none.</summary>
    public static Holdout HoldoutOf(ComputePayload payload) => new(
        (string?)payload.Settings["holdoutSalt"] ?? "", (double?)payload.Settings["holdoutShare"] ?? 0);
}
