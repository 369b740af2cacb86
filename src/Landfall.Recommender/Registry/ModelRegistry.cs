using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Landfall.Delta;
using Landfall.Estate;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Registry;

/// <summary>
/// The versions of a model and what its aliases mean, as its table <c>model</c> says: rows of event
/// <c>registered</c> and <c>alias</c>, which are only ever added. Immutable.
/// </summary>
public sealed class ModelRegistry
{
    /// <summary>The alias of the model in service.</summary>
    public const string Champion = "champion";

    /// <summary>The alias of the model that is tried.</summary>
    public const string Challenger = "challenger";

    /// <summary>How hyperparameters and reports are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private ModelRegistry(ImmutableArray<ModelVersion> versions, ImmutableArray<AliasEvent> aliases)
    {
        Versions = versions;
        AliasEvents = aliases;
    }

    /// <summary>A registry without versions.</summary>
    public static ModelRegistry Empty { get; } = new([], []);

    /// <summary>Versions by number.</summary>
    public ImmutableArray<ModelVersion> Versions { get; }

    /// <summary>What aliases were given, the oldest first.</summary>
    public ImmutableArray<AliasEvent> AliasEvents { get; }

    /// <summary>The version of an alias; null where it has none.</summary>
    public ModelVersion? Find(string alias) =>
        AliasEvents.LastOrDefault(a => a.Alias == alias) is { } given ? Find(given.Version) : null;

    /// <summary>A version; null where there is none of that number.</summary>
    public ModelVersion? Find(int version) => Versions.FirstOrDefault(v => v.Version == version);

    /// <summary>A version.</summary>
    /// <exception cref="LandfallException"><c>LF4406</c>: there is none of that number.</exception>
    public ModelVersion Require(int version) => Find(version) ?? throw new LandfallException(
        "LF4406",
        $"The model has no version {version}. Nothing was changed. List versions with: landfall recommender versions");

    /// <summary>The version that had an alias before the one that has it; null where there was none.</summary>
    public ModelVersion? Before(string alias)
    {
        ModelVersion? now = Find(alias);
        return AliasEvents.LastOrDefault(a => a.Alias == alias && a.Version != now?.Version) is { } given
            ? Find(given.Version)
            : null;
    }

    /// <summary>The columns that a registry is read from, in the order of <see cref="Of"/>.</summary>
    public static ImmutableArray<string> Columns { get; } =
    [
        "event", "version", "alias", "recorded_at", "reason", "hyperparameters", "artifact", "sha256",
        "trained_through", "inputs", "ndcg", "recall", "promotion", "report", "card",
    ];

    /// <summary>What a table calls <see cref="Columns"/>, which may be by their former names.</summary>
    public static ImmutableArray<string> ColumnsIn(TableSchema schema) =>
        [.. Columns.Select(c => !schema.TryFind(c, out _) ? ModelColumns.FormerNames.GetValueOrDefault(c, c) : c)];

    /// <summary>A registry from its rows.</summary>
    /// <param name="rows">Values of <see cref="Columns"/>, in any order of rows.</param>
    public static ModelRegistry Of(IEnumerable<object?[]> rows)
    {
        // Events of one commit have one time: registered comes before the alias.
        object?[][] ordered =
        [
            .. rows.OrderBy(r => (DateTimeOffset)r[3]!)
                .ThenByDescending(r => (string)r[0]!, StringComparer.Ordinal).ThenBy(r => (int)r[1]!)
                .ThenBy(r => (string?)r[2], StringComparer.Ordinal),
        ];
        return new(
            [.. ordered.Where(r => (string)r[0]! == "registered").Select(Version).OrderBy(v => v.Version)],
            [
                .. ordered.Where(r => (string)r[0]! == "alias")
                    .Select(r => new AliasEvent((string)r[2]!, (int)r[1]!, (DateTimeOffset)r[3]!, (string)r[4]!)),
            ]);
    }

    private static ModelVersion Version(object?[] row) => new()
    {
        Version = (int)row[1]!,
        At = (DateTimeOffset)row[3]!,
        PromotionReason = (string)row[4]!,
        Options = JsonSerializer.Deserialize<ModelOptions>((string)row[5]!, Json)!,
        Artifact = (string)row[6]!,
        Sha256 = (string)row[7]!,
        TrainedThrough = (DateOnly)row[8]!,
        Inputs = (string)row[9]!,
        Ndcg = (double)row[10]!,
        Recall = (double)row[11]!,
        Passed = (string)row[12]! == "passed",
        Report = (string)row[13]!,
        Card = (string)row[14]!,
    };
}
