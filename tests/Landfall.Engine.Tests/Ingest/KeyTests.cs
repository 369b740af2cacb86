using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>No two rows of an enriched table share a primary key or a unique value, however they came.</summary>
public sealed class KeyTests
{
    private const string Append = "files: \"*\", mode: append";
    private const string Snapshot = "files: \"*\", mode: snapshot";
    private static readonly string[] Keyed =
    [
        "name: a, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 1",
        "name: b, logicalType: string, primaryKey: true, primaryKeyPosition: 2",
        "name: u, logicalType: string, unique: true",
    ];

    [Theory]
    [InlineData(Append, "x.csv", "a,b,u\n1,x,p\n1,y,q\n1,x,r\n2,x,q\n3,z,\n4,z,\n")]
    [InlineData(Snapshot, "x.csv", "a,b,u\n1,x,p\n1,y,q\n1,x,r\n2,x,q\n3,z,\n4,z,\n")]
    [InlineData(
        Append, "x.jsonl",
        """
        {"a":0,"b":"gone"}
        {"a":1,"b":"x","u":"p"}
        {"a":1,"b":"y","u":"q"}
        {"a":1,"b":"x","u":"r"}
        {"a":2,"b":"x","u":"q"}
        {"a":3,"b":"z"}
        {"a":4,"b":"z","u":null}
        """)]
    public async Task Rows_ThatRepeatAKey_AreQuarantinedButTheFirst(string mode, string file, string text)
    {
        using IngestLake lake = new(mode, Keyed);
        lake.Put(file, text);

        StepOutcome outcome = await lake.RunAsync();

        string[] rows = await lake.RowsAsync();
        Assert.Equal(
            ["1, x, p", "1, y, q", "3, z, NULL", "4, z, NULL"], rows.Where(r => r != "0, gone, NULL"));
        Assert.Equal(2, outcome.Quarantined);
        string shift = file.EndsWith("csv", StringComparison.Ordinal) ? "" : "jsonl";
        string[] quarantined = await lake.QuarantineAsync("_batch, _source, _row, rule, column_name");
        Assert.Equal(
            shift.Length == 0
                ? ["1, x.csv, 4, primary-key, a, b", "1, x.csv, 5, unique, u"]
                : ["1, x.jsonl, 4, primary-key, a, b", "1, x.jsonl, 5, unique, u"],
            quarantined);
        Assert.Equal(text.Split('\n')[3], (await lake.QuarantineAsync("raw"))[0]);
    }

    [Fact]
    public async Task Rows_OfALaterBatch_AreHeldAgainstTheTable()
    {
        using IngestLake lake = new(Append, Keyed);
        lake.Put("1.csv", "a,b,u\n1,x,p\n2,x,\n");
        await lake.RunAsync();
        lake.Put("2.csv", "a,b,u\n3,x,p\n2,x,q\n4,x,q\n5,x,\n");
        await lake.RunAsync();
        lake.Put("3.csv", "a,b,u\n6,x,r\n");
        Assert.Equal(0, (await lake.RunAsync()).Quarantined);

        string[] expected = ["1, x, p", "2, x, NULL", "4, x, q", "5, x, NULL", "6, x, r"];
        Assert.Equal(expected, await lake.RowsAsync());
        Assert.Equal(
            ["2, 2, unique, u, 3,x,p", "2, 3, primary-key, a, b, 2,x,q"],
            await lake.QuarantineAsync("_batch, _row, rule, column_name, raw"));

        await lake.EnrichAsync(fullRefresh: true);
        Assert.Equal(expected, await lake.RowsAsync());
        Assert.Equal(2, (await lake.QuarantineAsync()).Length);
    }

    /// <summary>Content that replaces rows is not held against them.</summary>
    [Fact]
    public async Task File_WithNewContent_MayHaveItsKeysAgain()
    {
        using IngestLake lake = new(Append, Keyed);
        lake.Put("1.csv", "a,b,u\n1,x,p\n2,x,q\n");
        lake.Put("2.csv", "a,b,u\n3,x,r\n");
        await lake.RunAsync();
        lake.Put("1.csv", "a,b,u\n2,x,p\n1,x,q\n3,x,s\n", DateTimeOffset.UtcNow.AddMinutes(1));
        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["1, x, q", "2, x, p", "3, x, r"], await lake.RowsAsync());
        Assert.Equal(1, outcome.Quarantined);
        Assert.Equal(["3,x,s"], await lake.QuarantineAsync("raw"));
    }

    /// <summary>
    /// Of two files of a batch the one whose name comes first has the key, however many threads read.
    /// </summary>
    [Fact]
    public async Task Files_OfOneBatch_GoByName()
    {
        using IngestLake lake = new(Append, Keyed);
        for (int i = 0; i < 20; i++)
        {
            lake.Put($"{i:00}.csv", $"a,b,u\n1,x,{i}\n{i + 10},y,\n");
        }

        await lake.RunAsync();

        Assert.Equal(["1, x, 0"], (await lake.RowsAsync()).Where(r => r.StartsWith("1,", StringComparison.Ordinal)));
        Assert.Equal(21, (await lake.RowsAsync()).Length);
        Assert.Equal(19, (await lake.QuarantineAsync()).Length);
    }

    [Fact]
    public async Task OnDuplicate_Fail_KeepsTheTableAsItWas()
    {
        using IngestLake lake = new(Append + ", onDuplicate: fail", Keyed);
        lake.Put("1.csv", "a,b,u\n1,x,p\n");
        await lake.RunAsync();
        lake.Put("2.csv", "a,b,u\n2,x,q\n1,x,r\n1,x,s\n");

        var refused = await Assert.ThrowsAsync<LandfallException>(lake.RunAsync);

        Assert.Equal("LF4280", refused.Code);
        Assert.Contains("2 rows repeat the primary key (a, b)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1, x, p"], await lake.RowsAsync());
        Assert.Empty(await lake.QuarantineAsync());
    }

    [Fact]
    public async Task Duplicates_OverTheThreshold_FailTheirBatchAlone()
    {
        using IngestLake lake = new(Append, Keyed, threshold: 0.4);
        lake.Put("1.csv", "a,b,u\n1,x,p\n");
        await lake.LandAsync();
        lake.Put("2.csv", "a,b,u\n1,x,q\n2,x,r\n");
        await lake.LandAsync();
        lake.Put("3.csv", "a,b,u\n3,x,s\n");
        await lake.LandAsync();

        var failed = await Assert.ThrowsAsync<LandfallException>(() => lake.EnrichAsync());

        Assert.Equal("LF4265", failed.Code);
        Assert.Contains("1 of 2 rows of batch 2", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["1, x, p"], await lake.RowsAsync());
        Assert.Equal(["2, 1,x,q"], await lake.QuarantineAsync("_batch, raw"));
    }

    /// <summary>Tables that an earlier version filled without looking at keys are derived again.</summary>
    [Fact]
    public async Task Table_OfEarlierRules_IsDerivedAgain()
    {
        using IngestLake lake = new(Append, ["name: a, logicalType: string", "name: b, logicalType: string"]);
        lake.Put("1.csv", "a,b\nx,1\nx,2\n");
        await lake.RunAsync();
        Assert.Equal(2, (await lake.RowsAsync()).Length);
        lake.Declare(Append, ["name: a, logicalType: string, unique: true", "name: b, logicalType: string"]);

        StepOutcome outcome = await lake.EnrichAsync();

        Assert.Contains("column 'a' is unique now", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(["x, 1"], await lake.RowsAsync());
    }
}
