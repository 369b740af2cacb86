using System.Collections.Immutable;
using Landfall.Estate.Types;

namespace Landfall.Recommender.Definitions;

/// <summary>The columns that the tables of a model have, and those that it reads.</summary>
public static class ModelColumns
{
    /// <summary>What the table of interactions must have: an account used a service on a day.</summary>
    public static ImmutableArray<(string Name, DataType Type)> Interactions { get; } =
    [
        ("account_id", DataType.String), ("service_id", DataType.String), ("day", DataType.Date),
        ("amount", DataType.Double),
    ];

    /// <summary>What the table of accounts must have.</summary>
    public static ImmutableArray<(string Name, DataType Type)> Accounts { get; } =
        [("account_id", DataType.String), ("customer_id", DataType.String)];

    /// <summary>What columns of the registry were called before (ADR 0014), by what they are called now.</summary>
    public static ImmutableSortedDictionary<string, string> FormerNames { get; } =
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
            KeyValuePair.Create("hyperparameters", "knobs"), KeyValuePair.Create("promotion", "gate"),
        ]);

    /// <summary>The columns of a table, in order; <c>Required</c> where they are never null.</summary>
    public static ImmutableArray<(string Name, DataType Type, bool Required)> Of(ModelTable table) => table switch
    {
        ModelTable.Gram =>
        [
            ("service_i", DataType.String, true), ("service_j", DataType.String, true),
            ("accounts", DataType.BigInt, true),
        ],
        ModelTable.Model => Registry,
        ModelTable.Recommendation =>
        [
            ("account_id", DataType.String, true), ("rank", DataType.Int, true),
            ("service_id", DataType.String, true), ("score", DataType.Double, true),
            ("probability", DataType.Double, false), ("reason", DataType.String, false),
            ("fallback", DataType.Boolean, true), ("model_version", DataType.Int, true),
            ("scored_through", DataType.Date, true),
        ],
        ModelTable.Exposure =>
        [
            ("recommendation_id", DataType.String, true), ("rank", DataType.Int, true),
            ("served_at", DataType.Timestamp, true), ("account_id", DataType.String, false),
            ("customer_id", DataType.String, false), ("service_id", DataType.String, true),
            ("score", DataType.Double, true), ("probability", DataType.Double, false),
            ("reason", DataType.String, false), ("model_version", DataType.Int, true),
            ("deployment", DataType.String, true), ("arm", DataType.String, true),
            ("fallback", DataType.Boolean, true),
        ],
        _ =>
        [
            ("recommendation_id", DataType.String, true), ("service_id", DataType.String, true),
            ("kind", DataType.String, true), ("occurred_at", DataType.Timestamp, true),
        ],
    };

    private static ImmutableArray<(string Name, DataType Type, bool Required)> Registry { get; } =
    [
        ("event", DataType.String, true), ("version", DataType.Int, true), ("alias", DataType.String, false),
        ("recorded_at", DataType.Timestamp, true), ("reason", DataType.String, true),
        ("algorithm", DataType.String, false), ("hyperparameters", DataType.String, false),
        ("artifact", DataType.String, false), ("sha256", DataType.String, false),
        ("trained_through", DataType.Date, false), ("inputs", DataType.String, false),
        ("code", DataType.String, false), ("seed", DataType.Int, false), ("ndcg", DataType.Double, false),
        ("recall", DataType.Double, false), ("promotion", DataType.String, false),
        ("report", DataType.String, false), ("signature", DataType.String, false), ("card", DataType.String, false),
    ];
}
