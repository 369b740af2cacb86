using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Recommender.Registry;

namespace Landfall.Recommender.Tasks;

/// <summary>New rows of a model's registry, staged in a temporary table.</summary>
internal sealed class RegistryRows : IDisposable
{
    private const string Columns =
        "event VARCHAR, version INTEGER, alias VARCHAR, recorded_at TIMESTAMPTZ, reason VARCHAR, algorithm VARCHAR, "
        + "knobs VARCHAR, artifact VARCHAR, sha256 VARCHAR, trained_through DATE, inputs VARCHAR, code VARCHAR, "
        + "seed INTEGER, ndcg DOUBLE, recall DOUBLE, gate VARCHAR, report VARCHAR, signature VARCHAR, card VARCHAR";

    private static readonly int Width = Columns.Split(',').Length;

    private readonly StagedRows _rows;
    private readonly DateTimeOffset _at;

    public RegistryRows(DuckDbConnection connection, string table, DateTimeOffset at)
    {
        _rows = new(connection, table, Columns);
        _at = at;
    }

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

    public void AddVersion(
        int version, TrainedModel model, string artifact, string sha256, ComputePayload compute, int seed) =>
        Add(columns =>
        {
            TrainingReport report = model.Report;
            columns.Set(0, "registered");
            columns.Set(1, version);
            columns.Set(4, report.Gate.Explanation);
            columns.Set(5, report.Chosen.Algorithm.ToString().ToLowerInvariant());
            columns.Set(6, JsonSerializer.Serialize(report.Chosen, ModelRegistry.Json));
            columns.Set(7, artifact);
            columns.Set(8, sha256);
            columns.Set(9, report.DataThrough);
            columns.Set(10, new JsonObject(compute.Inputs.Values.Select(
                i => KeyValuePair.Create(i.Rows.Name.ToString(), (JsonNode?)i.Version))).ToJsonString());
            columns.Set(11, compute.Code);
            columns.Set(12, seed);
            columns.Set(13, report.Results[0].Result.Mean.Ndcg);
            columns.Set(14, report.Results[0].Result.Mean.Recall);
            columns.Set(15, report.Gate.Passed ? "passed" : "refused");
            columns.Set(16, JsonSerializer.Serialize(report, ModelRegistry.Json));
            columns.Set(17, Signature);
            columns.Set(18, ModelCard.Of(report));
        });

    public void AddAlias(string alias, int version, string reason) => Add(columns =>
    {
        columns.Set(0, "alias");
        columns.Set(1, version);
        columns.Set(2, alias);
        columns.Set(4, reason);
    });

    public void Complete() => _rows.Complete();

    public void Dispose() => _rows.Dispose();

    private void Add(Action<RowOfRegistry> fill) => _rows.Add((columns, row) =>
    {
        bool[] given = new bool[Width];
        RowOfRegistry cells = new(columns, row, given);
        cells.Set(3, _at);
        fill(cells);
        for (int column = 0; column < Width; column++)
        {
            if (!given[column])
            {
                columns[column].SetNull(row);
            }
        }
    });

    private sealed class RowOfRegistry(DuckDbAppender columns, int row, bool[] given)
    {
        public void Set(int column, string value)
        {
            columns[column].Set(row, value);
            given[column] = true;
        }

        public void Set(int column, int value)
        {
            columns[column].Set(row, value);
            given[column] = true;
        }

        public void Set(int column, double value)
        {
            columns[column].Set(row, value);
            given[column] = true;
        }

        public void Set(int column, DateOnly value)
        {
            columns[column].Set(row, value);
            given[column] = true;
        }

        public void Set(int column, DateTimeOffset value)
        {
            columns[column].Set(row, value);
            given[column] = true;
        }
    }
}
