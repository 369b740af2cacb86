using System.Text;
using System.Text.Json.Nodes;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Integrations;
using Landfall.Testing;
using Landfall.Testing.Fuzzing;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Every text of a value is on Spark the same value as on DuckDB, or breaks the same rule.</summary>
[Collection(SparkCollection.Name)]
public sealed class ValueTests(SparkFixture spark)
{
    private static readonly string[] Types =
    [
        "boolean", "int", "bigint", "double", "date", "timestamp", "binary", "decimal(5,2)", "decimal(18,2)",
        "decimal(4,0)", "decimal(9,9)", "decimal(25,20)", "decimal(38,0)", "decimal(38,18)", "decimal(38,38)",
    ];

    [SparkTheory]
    [InlineData("", "")]
    [InlineData("UTC", "timestamp")]
    [InlineData("Europe/Berlin", "timestamp")]
    [InlineData("America/New_York", "timestamp")]
    [InlineData("Australia/Lord_Howe", "timestamp")]
    public async Task Texts_OfEveryKind_AreReadTheSame(string zone, string only)
    {
        TestSeed seed = TestSeed.Fresh();
        ValueTexts texts = new(seed.Generator());
        string[] types = only.Length > 0 ? [only] : Types;
        using EnrichPair pair = new(
            spark.Session, [("id", "int!"), .. types.Select((t, i) => ($"v{i}", t))]);
        pair.Request = pair.Request with { TimeZone = zone };
        StringBuilder lines = new();
        int count = FuzzCount.Of(600) * types.Length;
        for (int id = 0; id < count; id++)
        {
            int column = id % types.Length;
            JsonObject line = new() { ["id"] = id, [$"v{column}"] = texts.Next(types[column]) };
            lines.AppendLine(line.ToJsonString());
        }

        pair.Put(1, "texts.jsonl.gz", lines.ToString(), FileFormat.JsonLines);

        await pair.AssertSameAsync(seed.ToString());
    }
}
