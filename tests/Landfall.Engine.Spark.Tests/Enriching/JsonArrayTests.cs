using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>JSON arrays come out of both engines as the same rows, or as the same bad files.</summary>
[Collection(SparkCollection.Name)]
public sealed class JsonArrayTests(SparkFixture spark)
{
    [SparkFact]
    public async Task Arrays_OfEveryKind_AreTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Put(
            1, "a.json.gz",
            "\uFEFF [ {\"id\":1,\"a\":\"]},\\\"\"} ,\r\n{\"id\":2,\"a\":{\"x\":[1,\"é\"]}},{\"id\":3\n},\n"
            + "4,, \"x\" , [], {\"id\":4,\"a\":1 2},{\"id\":5},{\"b\":1}\n]\n ",
            FileFormat.Json);
        pair.Put(1, "b.json", "[]", FileFormat.Json);
        pair.Put(1, "c.json", [.. "[{\"id\":6,\"a\":\""u8, 0xff, .. "\"},{\"id\":7}]"u8], FileFormat.Json);
        string[] bad =
        [
            "", "  ", "{\"id\":1}", "[", "[ ", "[{\"id\":1}", "[{\"id\":1},", "[{\"id\":1}, ", "[{\"id\":1",
            "[{\"id\":1]",
            "[{\"id\":\"1]", "[{\"id\":1}}]", "[{\"id\":1}] x", "[{\"id\":1}][{\"id\":2}]", "[1}", "[,]]", "null", "x[",
        ];
        foreach ((int index, string text) in bad.Index())
        {
            pair.Put(1, $"bad{index}.json", text, FileFormat.Json);
        }

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Contains("1: 12 malformed 6 required 1", same.Counts);
        Assert.Contains("2|{\"x\":[1,\"é\"]}|1|a.json.gz", same.Rows);
    }
}
