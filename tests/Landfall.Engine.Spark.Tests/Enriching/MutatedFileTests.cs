using System.Text;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Integrations;
using Landfall.Testing;
using Landfall.Testing.Fuzzing;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Whatever is done to files, both engines make the same of them: rows, quarantine, files left out.</summary>
[Collection(SparkCollection.Name)]
public sealed class MutatedFileTests(SparkFixture spark)
{
    [SparkTheory]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.JsonLines)]
    [InlineData(FileFormat.Json)]
    public async Task Files_WithRandomChanges_AreTheSame(FileFormat format)
    {
        TestSeed seed = TestSeed.Fresh();
        Random random = seed.Generator();
        TextMutator text = new(
            random, "\"", "\"\"", ",", "\n", "\r", "\r\n", "\r\r\n", "\\", "\\u0041", "\\ud83d", "{", "}", "[", "]",
            ":", "null", "-1.50e2", "\uFEFF", "\0", "é", "\u0001", "\u2028");
        ByteMutator bytes = new(random, "\""u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), ","u8.ToArray());
        using EnrichPair pair = new(spark.Session, ("id", "string"), ("note", "string"), ("n", "decimal(9,2)"));
        for (int file = 0; file < FuzzCount.Of(150); file++)
        {
            string original = Original(format, random);
            byte[] content = random.Next(3) == 0 ? bytes.Mutate(Encoding.UTF8.GetBytes(original))
                : text.Mutate(original);
            string ending = content.Length > 0 && random.Next(4) == 0 ? "txt.gz" : "txt";
            pair.Put(1 + (file % 3), $"f{file}.{ending}", content, format);
        }

        await pair.AssertSameAsync(seed.ToString(), namesOfMalformed: false);
    }

    private static string Original(FileFormat format, Random random)
    {
        string end = random.Next(5) switch { 0 => "\r\n", 1 => "\r", _ => "\n" };
        string[] rows = [.. Enumerable.Range(1, random.Next(1, 7)).Select(id => format == FileFormat.Csv
            ? $"{id},{Csv(random)},{random.Next(-9999, 9999)}.5"
            : $"{{\"id\":{id},\"note\":{Json(random)},\"n\":{random.Next(-9999, 9999)}.50}}")];
        return format switch
        {
            FileFormat.Csv => string.Join(end, ["id,note,n", .. rows]) + (random.Next(2) == 0 ? end : ""),
            FileFormat.Json => $"[{string.Join("," + end, rows)}]",
            _ => string.Join(end, rows) + (random.Next(2) == 0 ? end : ""),
        };
    }

    private static string Csv(Random random) => random.Next(5) switch
    {
        0 => "\"a \"\"b\"\", c\"", 1 => "\"two\nlines\"", 2 => "", 3 => "\"\"", _ => "plain é",
    };

    private static string Json(Random random) => random.Next(6) switch
    {
        0 => "\"a \\\"b\\\" \\u00e9\\ud83d\\ude00\"", 1 => "null", 2 => "{\"a\":[1,{\"b\":null}]}", 3 => "1.10",
        4 => "[true,[],\"]\"]", _ => "\"plain é\"",
    };
}
