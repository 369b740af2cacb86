using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>JSON Lines come out of both engines as the same rows and the same quarantine.</summary>
[Collection(SparkCollection.Name)]
public sealed class JsonLinesTests(SparkFixture spark)
{
    [SparkFact]
    public async Task Lines_OfEveryKind_AreTheSame()
    {
        using EnrichPair pair = new(
            spark.Session, ("id", "int!"), ("a", "string"), ("n", "decimal(9,2)"), ("t", "timestamp"));
        const string Records = """
            {"id":1,"a":"x","n":1.50,"t":"2024-01-01T00:00:00Z"}
            {"id":2,"a":null,"n":"1.5e1","more":[1,2]}
             { "id" : 3 , "a" : {"x": [1, 2.0e5, "]"]} , "n" : null }
            {"id":4,"a":1.10}
            {"id":5,"a":"\u00e9\"\\\n\ud83d\ude00","\u006e":7}
            {"id":6,"id":7}
            {"id":8,"other":1,"other":2}
            {"id":9,}
            {"id":10}{"id":11}
            {"id":12,"a":"\ud800"}
            {"id":13,"a":{"x":"\ud800"}}
            {"id":14,"a":[1,]}
            {"id":15,"a":{"x":1 2}}
            {"id":"16"}
            {"id":"x"}
            {"id":1e400}
            {"a":"no id"}
            {"id":null}
            {"ID":17}
            []
            {}
            nonsense
            {"id":01}
            {"id":18,"n":1.555}
            {"id":19,"t":"2024-01-01"}
            {"id":20,"a":true,"n":false}
            """;
        pair.Put(
            1, "a.jsonl.gz", Records + " \n\n   \n{\"id\":21}\r\n{\"id\":22}\r\r\n{\"id\":23}", FileFormat.JsonLines);
        pair.Put(
            1, "b c%20é.jsonl", "\uFEFF{\"id\":30}\n\uFEFF{\"id\":31}\n{\"id\":32,\"a\":\"\u0001\"}",
            FileFormat.JsonLines);
        pair.Put(2, "d.jsonl", "{\"id\":40}\r{\"id\":41}\r\r{\"id\":42,\"a\":\"x\"}", FileFormat.JsonLines);
        pair.Put(
            2, "e.jsonl", [.. "{\"id\":50,\"a\":\""u8, 0xff, 0xed, 0xa0, 0x80, .. "\"}\n{\"id\":51}\n"u8],
            FileFormat.JsonLines);
        pair.Put(3, "f.jsonl", "", FileFormat.JsonLines);
        pair.Put(3, "g.jsonl", [0xff, 0xfe, 1, 0], FileFormat.JsonLines);
        pair.Put(3, "h.jsonl", $"{Nested(60, 64)}\n{Nested(61, 65)}", FileFormat.JsonLines);

        EnrichOutcome same = await pair.AssertSameAsync();
        Assert.Equal(
            [
                "1: 32 malformed 11 not-finite 1 precision 1 required 4 timestamp-without-offset 1 type 2",
                "2: 5 malformed 1", "3: 2 malformed 1", "failed: ",
            ],
            same.Counts);
        Assert.Contains("4|1.10|NULL|NULL|1|a.jsonl.gz", same.Rows);
    }

    private static string Nested(int id, int depth) =>
        $"{{\"id\":{id},\"a\":{new string('[', depth)}{new string(']', depth)}}}";
}
