using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>CSV comes out of both engines as the same rows and the same quarantine.</summary>
[Collection(SparkCollection.Name)]
public sealed class CsvTests(SparkFixture spark)
{
    [SparkFact]
    public async Task Records_OfEveryKind_AreTheSame()
    {
        using EnrichPair pair = new(
            spark.Session, ("id", "int!"), ("a", "string"), ("n", "decimal(9,2)"), ("b", "boolean"));
        pair.Request = pair.Request with { NullText = "\\N", Delimiter = ';' };
        pair.Put(
            1, "split.csv.gz",
            "\uFEFF id ;a;more;n\r\n1;x;y;1.50\r\n\r\n2;\"q;\"\"q\"\"\";;\r\n3;\"\";\"\";\"\"\r\n"
            + "4;\\N;\"\\N\";\\N\r\r\n5;a\"b;c\"d;1\n6;too;few\n7;too;many;1;2\n8;\"a\"b;\"c;\"\n x ; y ; z ; 1 \n"
            + " id ;a;more;n\n id ;a;more;n\n;;;\n9;a\rb;c;1\n10;\"a\rb\";c;1\n11;a;b;\"1\"",
            FileFormat.Csv);
        pair.Put(
            1, "whole.csv",
            "id;a;b\n1;\"two\nlines\";true\n2;\"two\r\nlines\";\"false\"\r\n\n3;\"open;1\n4;x;1\n"
            + "5;\"a\"\"\n\"\"b\";0\n6;y;yes\n7;\"\n\n\";1\n8;é\"x\n\"9\";\"z\";t\r\r\n10;\"w\";F",
            FileFormat.Csv);
        pair.Put(1, "marked.csv", "\uFEFFid;a\n1;\"two\nlines\"\n", FileFormat.Csv);
        pair.Put(
            2, "bytes.csv", [.. "id;a\n1;\""u8, 0xff, .. "\n\"\n2;"u8, 0xc3, .. "\n3;é\n4;\"\n\"\n"u8],
            FileFormat.Csv);
        pair.Put(2, "returns.csv", "id;a\r1;x\r\r2;\"y\"\r3;\"a", FileFormat.Csv);
        pair.Put(2, "returns-whole.csv", "id;a\r1;\"x\ry\"\r2;z\r\r3;\"w", FileFormat.Csv);
        pair.Put(3, "header.csv", "id;a\n", FileFormat.Csv);
        pair.Put(3, "empty.csv", "", FileFormat.Csv);
        pair.Put(3, "blank.csv", "\n\r\n\n", FileFormat.Csv);
        pair.Put(3, "twice.csv", "id;a;a\n1;2;3\n", FileFormat.Csv);
        pair.Put(3, "open.csv", "id;\"a\n1;2\n", FileFormat.Csv);
        pair.Put(3, "bad-header.csv", [.. "id;"u8, 0xff, .. "\n1;2\n"u8], FileFormat.Csv);

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Contains("1: 26 malformed 7 required 1 type 3", same.Counts);
        Assert.Contains("5|a\"\n\"b|NULL|false|1|whole.csv", same.Rows);
    }

    [SparkFact]
    public async Task Header_WithoutARequiredColumn_FailsTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.Put(1, "a.csv", "Id,a\n1,2\n", FileFormat.Csv);

        Assert.Contains("If Id is meant", await pair.AssertSameFailureAsync());
    }

    [SparkFact]
    public async Task Snapshot_OfChangedContent_ReplacesTheTable()
    {
        using EnrichPair pair = new(spark.Session, ("account_id", "string!"), ("opened", "date"), ("credit", "double"));
        pair.Request = pair.Request with { Mode = EnrichMode.Replace };
        pair.Put(1, "accounts.csv", "account_id,opened,credit\na,2024-01-02,1.5\nb,2024-1-3,1e3\n", FileFormat.Csv);
        await pair.AssertSameAsync();
        pair.Put(2, "accounts.csv", "account_id,opened,credit\nb,2024-01-04,2\nc,nonsense,2\n", FileFormat.Csv);
        EnrichOutcome second = await pair.AssertSameAsync();
        pair.Put(3, "accounts.csv", "account_id,account_id\nb,2024-01-04\n", FileFormat.Csv);
        EnrichOutcome third = await pair.AssertSameAsync();

        Assert.Equal("b|2024-01-04|2.0|2|accounts.csv", Assert.Single(second.Rows));
        Assert.Equal(second.Rows, third.Rows);
    }
}
