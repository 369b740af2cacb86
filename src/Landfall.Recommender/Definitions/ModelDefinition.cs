using System.Text.Json.Serialization;

namespace Landfall.Recommender.Definitions;

/// <summary>A model that suggests services to accounts: what it learns from, how it is chosen and measured.</summary>
public sealed record ModelDefinition
{
    /// <summary>
    /// The product's table of interactions: <c>account_id</c>, <c>service_id</c>, <c>day</c>, <c>amount</c>.
    /// </summary>
    public required string Interactions { get; init; }

    /// <summary>The product's table of accounts: <c>account_id</c>, <c>customer_id</c>.</summary>
    public required string Accounts { get; init; }

    /// <summary>The algorithm: <c>ease</c>, <c>edlae</c>, <c>rlae</c> or <c>dan</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Days in which an interaction loses half its weight in popularity; above 0.</summary>
    public required double HalfLifeDays { get; init; }

    /// <summary>Candidates.</summary>
    public required ModelSearch Search { get; init; }

    /// <summary>How they are measured.</summary>
    public required ModelEvaluation Evaluation { get; init; }

    /// <summary>When the best is served.</summary>
    [JsonPropertyName("gate")]
    public required PromotionCriteria Promotion { get; init; }

    /// <summary>Services suggested to each account in the table of recommendations.</summary>
    public required int Recommendations { get; init; }

    /// <summary>Seed of what is drawn.</summary>
    public required int Seed { get; init; }
}

/// <summary>JSON of definitions; part of the fingerprints of tables, so that its form is a promise.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelDefinition))]
internal sealed partial class DefinitionJson : JsonSerializerContext;
