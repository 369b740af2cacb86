using System.Globalization;
using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.Steps;
using Landfall.Sql;
using Landfall.Testing;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

/// <summary>Sizes and contents at which readers break: each has its result, and the rows beside it are read.</summary>
public sealed class HostileFileTests
{
    private const int Many = 10_000;
    private const string Append = "files: \"*\", mode: append";
    private static readonly string[] Columns =
        ["name: id, logicalType: integer, physicalType: int", "name: v, logicalType: string"];

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.jsonl")]
    [InlineData("a.json")]
    public async Task Columns_TenThousand_AreNamedAndThoseOfTheContractRead(string name)
    {
        using IngestLake lake = new(Append, Columns);
        string[] others = [.. Enumerable.Range(0, Many).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"c{i}"))];
        string json = "{\"id\":1," + string.Concat(others.Select(c => $"\"{c}\":0,")) + "\"v\":\"x\"}";
        lake.Put(name, name switch
        {
            "a.csv" => $"id,{string.Join(',', others)},v\n1,{string.Join(',', others)},x\n",
            "a.jsonl" => json,
            _ => $"[{json}]",
        });

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["1, x"], await lake.RowsAsync());
        Assert.Contains("c0, c1, ", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    /// <summary>More fields than the header has, and values nested without end, cost their own record.</summary>
    [Theory]
    [InlineData("a.csv", "id,v\n1,x\n", "", "\n3,z\n", ',')]
    [InlineData("a.jsonl", "{\"id\":1,\"v\":\"x\"}\n", "{\"id\":2,\"v\":", "\n{\"id\":3,\"v\":\"z\"}\n", '[')]
    [InlineData("a.jsonl", "{\"id\":1,\"v\":\"x\"}\n", "", "\n{\"id\":3,\"v\":\"z\"}\n", '{')]
    public async Task Record_OfAHundredThousandMarks_IsMalformed(
        string name, string before, string begin, string after, char mark)
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        lake.Put(name, before + begin + new string(mark, 100_000) + after);

        Assert.Equal(1, (await lake.RunAsync()).Quarantined);
        Assert.Equal(["1, x", "3, z"], await lake.RowsAsync());
        Assert.Equal(["malformed"], await lake.QuarantineAsync("rule"));
    }

    [Theory]
    [InlineData(63, "")]
    [InlineData(64, "")]
    [InlineData(65, "malformed")]
    public async Task Json_NestedAroundItsLimit_FollowsIt(int depth, string rule)
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        lake.Put("a.jsonl", $"{{\"id\":1,\"v\":{new string('[', depth)}{new string(']', depth)}}}\n");

        await lake.RunAsync();

        Assert.Equal(rule.Length == 0 ? 1 : 0, (await lake.RowsAsync()).Length);
        Assert.Equal(rule.Length == 0 ? [] : [rule], await lake.QuarantineAsync("rule"));
    }

    [Fact]
    public async Task Json_ArrayNestedAHundredThousandDeep_IsLeftOutOrMalformedAndTheRestRead()
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        string open = new('[', 100_000);
        lake.Put("open.json", "[{\"id\":1}," + open);
        lake.Put("closed.json", "[{\"id\":2}," + open + new string(']', 100_000) + ",{\"id\":3}]");

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(["open.json"], outcome.LeftOut.Select(l => l.Name));
        Assert.Equal(["2, NULL", "3, NULL"], await lake.RowsAsync());
        Assert.Equal(["2, malformed"], (await lake.QuarantineAsync("_row, rule"))[..1]);
    }

    [Theory]
    [InlineData("a.csv", "id,v\n")]
    [InlineData("a.csv", "id,v")]
    [InlineData("a.csv", "")]
    [InlineData("a.jsonl", "")]
    [InlineData("a.json", "[]")]
    public async Task File_WithoutRecords_HasNone(string name, string text)
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put(name, text);

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal((0L, 0L), (outcome.Rows, outcome.Quarantined));
        Assert.Empty(outcome.LeftOut);
    }

    [Fact]
    public async Task Lines_AMillionOfThemEmpty_CountAndAreNoRows()
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("a.csv", "id,v\n1,x\n" + new string('\n', 1_000_000) + "y,z\n");

        await lake.RunAsync();

        Assert.Equal(["1, x"], await lake.RowsAsync());
        Assert.Equal(["1000003, type"], await lake.QuarantineAsync("_row, rule"));
    }

    /// <summary>NUL is a character like others in a text; in JSON it is none unless escaped.</summary>
    [Fact]
    public async Task Nul_IsKeptInTextsAndRefusedInJson()
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        lake.Put("a.csv", "id,v\n1,x\0y\n");
        lake.Put("b.jsonl", "{\"id\":2,\"v\":\"x\\u0000y\"}\n{\"id\":3,\"v\":\"x\0y\"}\n");

        await lake.RunAsync();

        Assert.Equal(["1, x\0y", "2, x\0y"], await lake.RowsAsync());
        Assert.Equal(["b.jsonl, 2, malformed"], await lake.QuarantineAsync("_source, _row, rule"));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("\\ud83dx")]
    public async Task Surrogate_WithoutItsOther_IsMalformed(string text)
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        lake.Put(
            "a.jsonl",
            $"{{\"id\":1,\"v\":\"{text}\"}}\n{{\"id\":2,\"{text}\":0}}\n"
            + "{\"id\":3,\"v\":\"\\ud83d\\ude00\"}\n");

        await lake.RunAsync();

        Assert.Equal(["3, \U0001F600"], await lake.RowsAsync());
        Assert.Equal(["1, malformed", "2, malformed"], await lake.QuarantineAsync("_row, rule"));
    }

    /// <summary>A key with escapes is a name of any length, as one without is.</summary>
    [Fact]
    public async Task Key_OfManyEscapes_IsAnUnknownColumn()
    {
        using IngestLake lake = new(Append, Columns);
        lake.Put("a.jsonl", $"{{\"id\":1,\"{string.Concat(Enumerable.Repeat("\\u00e9", 1000))}\":2,\"v\":\"x\"}}\n");

        Assert.Equal(0, (await lake.RunAsync()).Quarantined);
        Assert.Equal(["1, x"], await lake.RowsAsync());
    }

    [Theory]
    [InlineData("0", "", "NULL")]
    [InlineData("9", "", null)]
    [InlineData("1", "e-9999", null)]
    public async Task Number_OfTenThousandDigits_IsReadOrQuarantined(string digit, string after, string? none)
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        string number = string.Concat(Enumerable.Repeat(digit, Many)) + after;
        lake.Put("a.csv", $"id,v\n{number},x\n2,y\n");

        await lake.RunAsync();

        string[] rows = await lake.RowsAsync();
        Assert.Contains("2, y", rows);
        Assert.Equal(none is null ? 1 : 2, rows.Length);
        Assert.Equal(none is null ? 1 : 0, (await lake.QuarantineAsync("rule")).Length);
    }

    /// <summary>Characters of several bytes across the edge of the reader's window, whole and broken.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Utf8_AtTheEdgeOfTheWindow_IsReadWholeAndRefusedBroken(int shift)
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        byte[] head = Encoding.ASCII.GetBytes("id,v\n1,");
        byte[] wide = [.. "\U0001F600"u8];
        byte[] fill = [.. Enumerable.Repeat((byte)'x', (1 << 20) - head.Length - shift)];
        lake.Put("good.csv", [.. head, .. fill, .. wide, .. "\n2,y\n"u8]);
        lake.Put("bad.csv", [.. head, .. fill, .. wide[..3], .. "\n3,z\n"u8]);

        await lake.RunAsync();

        Assert.Equal(["1", "2", "3"], await lake.RowsAsync("id"));
        Assert.Equal([$"{fill.Length + 1}"], await lake.RowsAsync("max(length(v))"));
        Assert.Equal(["bad.csv, 2, malformed"], await lake.QuarantineAsync("_source, _row, rule"));
    }

    /// <summary>Names of columns that could stand for the rows of a file in SQL stand for themselves.</summary>
    [Fact]
    public async Task Parquet_WithAColumnNamedAsSqlNamesRows_IsQuarantinedWhole()
    {
        using IngestLake lake = new(Append, Columns, threshold: 1);
        string path = Path.Combine(lake.Source, "a.parquet");
        using (DuckDbDatabase database = DuckDbDatabase.Open())
        using (DuckDbConnection connection = database.Connect())
        {
            connection.Execute(
                $"copy (select 'no' as id, 'x' as v, 7 as s, 8 as r) to {SqlText.Literal(path)} (format parquet)");
        }

        await lake.RunAsync();

        Assert.Contains("\"id\":\"no\"", Assert.Single(await lake.QuarantineAsync("raw")), StringComparison.Ordinal);
    }

    /// <summary>A thousand files beside each other; <c>LANDFALL_FILES</c> says how many.</summary>
    [Fact]
    public async Task Files_ManySmallOnes_AreReadEachOnce()
    {
        int files = TestNumbers.Of("LANDFALL_FILES", 1000);
        using IngestLake lake = new(Append, Columns);
        for (int i = 0; i < files; i++)
        {
            lake.Put(string.Create(CultureInfo.InvariantCulture, $"d{i % 100}/f{i}.csv"), $"id,v\n{i},x\n");
        }

        lake.Declare("files: \"**/*.csv\", mode: append", Columns);
        await lake.RunAsync();

        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"{files}, {files}")],
            await lake.RowsAsync("count(*), count(distinct id)"));
    }

    /// <summary>
    /// One line and one file of many megabytes, where <c>LANDFALL_HUGE_MIB</c> says how many: 1024 and 10240 are what
    /// this is made for. Memory is the pool's in either.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Huge_LineOrFile_IsReadInThePoolsMemory(bool oneLine)
    {
        int mebibytes = TestNumbers.Of("LANDFALL_HUGE_MIB", 0);
        Assert.SkipWhen(mebibytes == 0, "It takes long: LANDFALL_HUGE_MIB says how many MiB.");
        using IngestLake lake = new(Append, Columns, threshold: 1);
        byte[] block = Encoding.ASCII.GetBytes(
            oneLine ? new string('x', 1 << 20)
                : string.Concat(Enumerable.Repeat("7,0123456789abcde\n", (1 << 20) / 16)));
        long lines = 0;
        using (FileStream file = File.Create(Path.Combine(lake.Source, "a.csv")))
        {
            file.Write("id,v\n1,"u8);
            for (int i = 0; i < mebibytes; i++)
            {
                file.Write(i == 0 && !oneLine ? "x\n"u8 : []);
                file.Write(block);
                lines += oneLine ? 0 : block.Count((byte)'\n');
            }

            file.Write("\n2,y\n"u8);
        }

        StepOutcome outcome = await lake.RunAsync();

        Assert.Equal(oneLine && mebibytes >= 64 ? 1 : 0, outcome.Quarantined);
        Assert.Equal([(oneLine ? mebibytes >= 64 ? 1 : 2 : lines + 2).ToString(CultureInfo.InvariantCulture)],
            await lake.RowsAsync("count(*)"));
        Assert.InRange(Environment.WorkingSet, 0, 3L << 30);
    }
}
