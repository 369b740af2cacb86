using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Rows just read come together with those of the table as on DuckDB.</summary>
[Collection(SparkCollection.Name)]
public sealed class ModesTests(SparkFixture spark)
{
    [SparkFact]
    public async Task Append_OfNewContentAtAPath_TakesThePlaceOfTheOld()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Put(1, "a.csv", "id,a\n1,x\nbad,x\n", FileFormat.Csv);
        pair.Put(1, "it's b.jsonl", "{\"id\":2,\"a\":\"it's\"}\n{\"id\":\"bad\"}\n", FileFormat.JsonLines);
        await pair.AssertSameAsync();
        pair.Put(2, "a.csv", "id,a\n3,y\nworse,y\n", FileFormat.Csv);
        pair.Put(2, "c.csv", "id,a\n4,z\n", FileFormat.Csv);
        EnrichOutcome same = await pair.AssertSameAsync(r => r with { ReplacedSources = ["a.csv"] });

        Assert.Equal(["2|it's|1|it's b.jsonl", "3|y|2|a.csv", "4|z|2|c.csv"], same.Rows);
        Assert.Equal(2, same.Quarantine.Length);
    }

    [SparkFact]
    public async Task Append_OfARewrittenFileThatIsBad_KeepsWhatThePathHad()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        EnrichFile first = pair.Put(1, "a.csv", "id,a\n1,x\n", FileFormat.Csv);
        pair.Put(1, "b.csv", "id,a\n2,x\n", FileFormat.Csv);
        await pair.AssertSameAsync();
        pair.Put(2, "a.csv", "id,id\n3,y\n", FileFormat.Csv);
        pair.Put(2, "b.csv", "id,id\n3,y\n", FileFormat.Csv);
        pair.Put(2, "c.json", "[{\"id\":7}", FileFormat.Json);

        EnrichOutcome same = await pair.AssertSameAsync(r => r with
        {
            ReplacedSources = ["a.csv", "b.csv"], Superseded = [first with { Batch = 2 }],
        });

        Assert.Equal(["1|x|2|a.csv", "2|x|1|b.csv"], same.Rows);
        Assert.Contains("c.json: it is not one JSON array of objects: it ends inside an element", same.Notes);
    }

    [SparkFact]
    public async Task BadFile_WhereNoneMayBe_FailsTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Put(1, "b.json", "{\"id\":7}", FileFormat.Json);
        pair.Put(1, "a.csv", "id,id\n3,y\n", FileFormat.Csv);

        Assert.Contains("a.csv", await pair.AssertSameFailureAsync(r => r with { SkipsBadFiles = false }));
    }

    [SparkFact]
    public async Task Threshold_OfTheSecondBatch_KeepsTheFirst()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"), ("b", "string"));
        pair.Put(1, "a.jsonl", "{\"id\":1}\n{\"id\":2,\"x\":1}\n{\"id\":\"bad\"}\n", FileFormat.JsonLines);
        pair.Put(2, "b.jsonl", "{\"id\":3,\"y\":1}\n{\"id\":\"bad\"}\n{}\n", FileFormat.JsonLines);
        pair.Put(3, "c.jsonl", "{\"id\":4,\"z\":1}\n", FileFormat.JsonLines);
        pair.Put(3, "d.jsonl", [0xfe, 0xff], FileFormat.JsonLines);
        EnrichOutcome same = await pair.AssertSameAsync(r => r with { Threshold = 0.4 });

        Assert.Equal(["1: 3 type 1", "2: 3 required 1 type 1", "failed: 2"], same.Counts);

        pair.Put(2, "b.jsonl", "{\"id\":3,\"y\":1}\n{\"id\":\"bad\"}\n{}\n", FileFormat.JsonLines);
        same = await pair.AssertSameAsync(r => r with
        {
            Threshold = 0.4, Accepted = ImmutableSortedDictionary<long, long>.Empty.Add(2, 2),
        });
        Assert.Equal(3, same.Rows.Length);
    }

    [SparkFact]
    public async Task Keys_ThatRowsRepeat_AreQuarantinedTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"), ("b", "string"));
        pair.Request = pair.Request with { Keys = [Key(true, "id"), Key(false, "a")] };
        pair.Put(1, "a.jsonl", "{\"id\":1,\"a\":\"x\"}\n{\"id\":2}\n{\"id\":3}\n", FileFormat.JsonLines);
        await pair.AssertSameAsync();
        pair.Put(
            2, "a.jsonl", "{\"id\":1,\"a\":\"y\"}\n{\"id\":4,\"a\":\"y\"}\n{\"id\":5,\"a\":\"x\"}\n",
            FileFormat.JsonLines);
        pair.Put(2, "b.csv", "id,a,b\n4,z,\"two\nlines\"\n6,z,1\n", FileFormat.Csv);
        pair.Put(3, "c.jsonl", "{\"id\":7,\"a\":\"z\"}\n{\"id\":6}\n{\"id\":8}\n", FileFormat.JsonLines);
        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(5, same.Quarantine.Length);
        Assert.Contains("2: 5 primary-key 2 unique 1", same.Counts);
    }

    [SparkFact]
    public async Task Keys_WhereNoneMayBeRepeated_FailTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Request = pair.Request with { Keys = [Key(true, "id")], RefusesDuplicates = true };
        pair.Put(1, "a.csv", "id,a\n1,x\n1,y\n1,z\n", FileFormat.Csv);

        Assert.Contains("2 rows", await pair.AssertSameFailureAsync());
    }

    [SparkFact]
    public async Task Difference_OfBatchesThatOverlap_AddsWhatIsMore()
    {
        using EnrichPair pair = new(spark.Session, ("at", "int!"), ("a", "string"));
        pair.Request = pair.Request with { Mode = EnrichMode.Difference, Cursor = "at" };
        pair.Put(1, "a.csv", "at,a\n1,x\n2,x\n2,x\n3,\n", FileFormat.Csv);
        await pair.AssertSameAsync();
        pair.Put(2, "a.csv", "at,a\n2,x\n2,x\n2,x\n3,\n3,y\n4,y\n", FileFormat.Csv);
        pair.Put(3, "a.csv", "at,a\n2,x\n4,y\n4,y\n5,\n", FileFormat.Csv);
        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(9, same.Rows.Length);
    }

    [SparkFact]
    public async Task Upsert_OfKeys_KeepsTheNewestRow()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("at", "int"), ("a", "string"));
        pair.Request = pair.Request with { Mode = EnrichMode.Upsert, Key = ["id"], Cursor = "at" };
        pair.Put(1, "a.csv", "id,at,a\n1,1,x\n2,5,x\n3,,x\n4,1,x\n", FileFormat.Csv);
        await pair.AssertSameAsync();
        pair.Put(2, "a.csv", "id,at,a\n1,2,y\n2,4,old\n3,,y\n4,1,x\n5,1,y\n", FileFormat.Csv);
        pair.Put(3, "a.csv", "id,at,a\n1,2,z\n5,,late\n", FileFormat.Csv);
        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Contains("1|2|z|3|a.csv", same.Rows);
        Assert.Contains("5|1|y|2|a.csv", same.Rows);
    }

    [SparkFact]
    public async Task Column_ThatTheSourceDropped_KeepsTheTableUntilAccepted()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("phone", "string"));
        pair.Request = pair.Request with { Mode = EnrichMode.Replace };
        pair.Put(1, "a.csv", "id,phone\n1,x\n", FileFormat.Csv);
        await pair.AssertSameAsync();
        pair.Put(2, "a.csv", "id,phones\n1,x\n", FileFormat.Csv);
        Assert.Contains("is phones meant?", await pair.AssertSameFailureAsync());

        pair.Put(2, "a.csv", "id,phones\n1,x\n", FileFormat.Csv);
        EnrichOutcome same = await pair.AssertSameAsync(r => r with
        {
            Columns = [r.Columns[0], r.Columns[1] with { IsGone = true }],
        });
        Assert.Equal(["1|NULL|2|a.csv"], same.Rows);
    }

    private static ContractKey Key(bool isPrimary, params ImmutableArray<string> columns) => new(columns, isPrimary);
}
