using System.Text;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using ZstdSharp;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Files that are large, damaged, compressed or named oddly.</summary>
[Collection(SparkCollection.Name)]
public sealed class FileTests(SparkFixture spark)
{
    private const int Longest = 1 << 26;

    [SparkFact]
    public async Task Record_LongerThanTheLongest_IsTooLong()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Put(1, "a.jsonl.gz", $"{Json(1, Longest)}\n{{\"id\":2}}", FileFormat.JsonLines);

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal("1: 2 too-long 1", same.Counts[0]);
    }

    [SparkFact]
    public async Task Record_OfManyMebibytes_IsRead()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Put(1, "a.jsonl.gz", $"{{\"id\":2}}\n{Json(1, Longest / 4)}\n", FileFormat.JsonLines);

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal("1: 2 ", same.Counts[0]);
    }

    [SparkFact]
    public async Task RecordsOfCsv_LongerThanWhatIsKept_AreCutBetweenCharacters()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        string cut = new string('x', (1 << 20) - 2) + "é";
        pair.Put(1, "b.csv.gz", $"id,a\n1,{new string('x', Longest)}\n2,y\n", FileFormat.Csv);
        pair.Put(1, "c.csv.gz", $"id,a\n{cut}é,\nx{cut}é,\n", FileFormat.Csv);

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal("1: 4 too-long 1 type 2", same.Counts[0]);
    }

    [SparkFact]
    public async Task ZstdAndOddNames_AreReadTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"));
        byte[] frame = Zstd("{\"id\":1}\n");
        byte[] skippable = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
        pair.Put(1, "a.jsonl.zst", [.. frame, .. skippable, .. Zstd("{\"id\":2}\n")], FileFormat.JsonLines);
        pair.Put(1, "b.csv.zst", Zstd("id\n3\n"), FileFormat.Csv);
        string[] names =
        [
            "a b", "50%", "%41", "x+y", "it's", "a,b;c", "[x]", "{a,b}", "q?", "star*", "back\\slash", "#1", "a&b=c",
            "naïve", "日本", "~", "dir=1/x", ".hidden/x",
        ];
        foreach ((int index, string name) in names.Index())
        {
            pair.Put(1, $"{name}.jsonl", $"{{\"id\":{10 + index}}}", FileFormat.JsonLines);
        }

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(21, same.Rows.Length);
    }

    [SparkFact]
    public async Task FileThatSparkPassesOver_IsMissed()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"));
        pair.Put(1, "a.jsonl", "{\"id\":1}\n", FileFormat.JsonLines);
        pair.Put(1, "_b.jsonl", "{\"id\":2}\n", FileFormat.JsonLines);

        (EnrichOutcome _, EnrichOutcome outcome) = await pair.RunAsync();

        Assert.Contains("Spark did not read the file _b.jsonl", outcome.Failure);
    }

    [SparkFact]
    public async Task DamagedFile_InRaw_FailsTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"));
        pair.Put(1, "a.jsonl", "{\"id\":1}\n", FileFormat.JsonLines);
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{{\"id\":{i}}}\n"));
        EnrichFile file = pair.Put(1, "b.jsonl.gz", text, FileFormat.JsonLines);
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[^6] ^= 1;
        File.WriteAllBytes(file.Path, bytes);

        Assert.Contains("b.jsonl.gz in raw is not whole", await pair.AssertSameFailureAsync());
    }

    [SparkFact]
    public async Task ManySmallFiles_AreReadTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        for (int file = 0; file < 300; file++)
        {
            bool csv = file % 2 == 0;
            pair.Put(
                1 + (file / 100), $"{file}.txt", csv ? $"id,a\n{file},x\n" : $"{{\"id\":{file}}}\n",
                csv ? FileFormat.Csv : FileFormat.JsonLines);
        }

        Assert.Equal(300, (await pair.AssertSameAsync()).Rows.Length);
    }

    [SparkTheory]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.Json)]
    public async Task TextThatMustBeReadWhole_LargerThanARecord_IsRefused(FileFormat format)
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        string filler = new('x', 1 << 20);
        string text = format == FileFormat.Csv
            ? "id,a\n1,\"two\nlines\"\n" + string.Concat(Enumerable.Repeat($"2,{filler}\n", 64))
            : $"[{string.Join(",\n", Enumerable.Repeat($"{{\"id\":2,\"a\":\"{filler}\"}}", 64))}]";
        pair.Put(1, "large.gz", text, format);

        (EnrichOutcome duckDb, EnrichOutcome outcome) = await pair.RunAsync();

        Assert.NotEmpty(duckDb.Rows);
        Assert.Contains("the file large.gz", outcome.Failure);
        Assert.Contains("engine: duckdb", outcome.Failure);
    }

    [SparkFact]
    public async Task KeysOfOneFile_WhateverItsOrder_KeepTheSameRow()
    {
        string[] lines = ["{\"id\":1,\"a\":\"x\"}", "{\"id\":1,\"a\":\"y\"}", "{\"id\":1,\"a\":\"z\"}"];
        List<string> kept = [];
        foreach (string[] order in (string[][])[lines, [.. lines.Reverse()]])
        {
            using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
            pair.Request = pair.Request with { Keys = [new ContractKey(["id"], IsPrimary: true)] };
            pair.Put(1, "a.jsonl", string.Join('\n', order), FileFormat.JsonLines);
            (EnrichOutcome _, EnrichOutcome outcome) = await pair.RunAsync();
            Assert.Equal(2, outcome.Quarantine.Length);
            kept.Add(Assert.Single(outcome.Rows));
        }

        Assert.Equal(kept[0], kept[1]);
    }

    [SparkTheory]
    [InlineData("a:b.jsonl", FileFormat.JsonLines, "string", "", "a colon in their names")]
    [InlineData("a.parquet", FileFormat.Parquet, "array<string>", "", "columns of the type array<string>")]
    [InlineData("a.jsonl", FileFormat.JsonLines, "array<string>", "", "columns of the type array<string>")]
    [InlineData("a.jsonl", FileFormat.JsonLines, "string", "Nowhere/Land", "sourceTimeZone Nowhere/Land")]
    public async Task WhatSparkDoesNotRead_IsRefusedBeforeItIsRead(
        string name, FileFormat format, string type, string zone, string what)
    {
        using EnrichPair pair = new(spark.Session, ("id", "string"), ("v", type));
        pair.Request = pair.Request with { TimeZone = zone };
        pair.Put(1, name, "{}", format);

        (EnrichOutcome _, EnrichOutcome outcome) = await pair.RunAsync();

        Assert.Contains(what, outcome.Failure);
        Assert.Contains("engine: duckdb", outcome.Failure);
    }

    private static string Json(int id, int length)
    {
        string start = $"{{\"id\":{id},\"a\":\"";
        return start + new string('x', length - start.Length - 2) + "\"}";
    }

    private static byte[] Zstd(string text)
    {
        using Compressor compressor = new();
        return compressor.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
    }
}
