using System.Text.Json;
using Landfall.Engine.Build;
using Landfall.Estate.Products;

namespace Landfall.Recommender.Tasks;

/// <summary>What the manifest says of a model, as tasks are told.</summary>
internal static class ModelSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ModelDefinition Of(ComputePayload payload) =>
        payload.Settings.Deserialize<ModelDefinition>(Json)
        ?? throw new JsonException("The settings of a model are null.");
}
