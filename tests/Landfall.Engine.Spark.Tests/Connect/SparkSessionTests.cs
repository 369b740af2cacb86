using System.Collections.Immutable;
using Landfall.Engine.Spark.Connect;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Tests.Connect;

[Collection(SparkCollection.Name)]
public sealed class SparkSessionTests(SparkFixture spark)
{
    [SparkFact]
    public async Task Query_One_IsOne()
    {
        SparkRows rows = await spark.Session.QueryAsync("select 1 as one", CancellationToken.None);

        Assert.Equal(["one"], rows.Columns);
        Assert.Equal([1], Assert.Single(rows.Rows));
        Assert.StartsWith("4.", spark.Session.Version);
    }

    [SparkFact]
    public async Task Query_EveryType_KeepsItsValues()
    {
        SparkRows rows = await spark.Session.QueryAsync(
            """
            select * from values
                (true, 1Y, 2S, 3, 4L, 1.5F, 2.5D, cast(-0.05 as decimal(10,2)), 'ä', date '0001-01-01',
                    timestamp '2024-02-29 12:00:00.000001', timestamp_ntz '9999-12-31 23:59:59.999999', X'00FF'),
                (null, null, null, null, null, null, null, null, null, null, null, null, null)
                as t(a, b, c, d, e, f, g, h, i, j, k, l, m)
            """,
            CancellationToken.None);

        Assert.Equal(
            [
                true, 1, 2, 3, 4L, 1.5, 2.5, "-0.05", "ä", new DateOnly(1, 1, 1),
                new DateTimeOffset(2024, 2, 29, 12, 0, 0, 0, 1, TimeSpan.Zero),
                new DateTimeOffset(9999, 12, 31, 23, 59, 59, 999, 999, TimeSpan.Zero), new byte[] { 0, 255 },
            ],
            rows.Rows[0]);
        Assert.Equal(new object?[13], rows.Rows[1]);
    }

    [SparkFact]
    public async Task Write_WithMetrics_WritesTheRowsAndTellsThem()
    {
        string folder = spark.NewPath();

        SparkWritten written = await spark.Session.WriteAsync(
            new("select id, cast(id / 10 as decimal(18,2)) as price from range(1000)", folder)
            {
                Metrics = [new("rows", "count(*)"), new("total", "sum(price)"), new("last", "max(id)")],
            },
            progress: null, CancellationToken.None);

        Assert.Equal(
            ImmutableSortedDictionary.CreateRange(
                StringComparer.Ordinal,
                [
                    KeyValuePair.Create<string, object?>("rows", 1000L), new("total", "49950.00"), new("last", 999L),
                ]),
            written.Metrics);
        Assert.True(File.Exists(Path.Combine(folder, "_SUCCESS")));
        SparkRows rows = await spark.Session.QueryAsync(
            $"select count(*) from parquet.`{folder}`", CancellationToken.None);
        Assert.Equal([1000L], rows.Rows[0]);
    }

    [SparkFact]
    public async Task Write_WithoutRows_TellsItsMetricsToo()
    {
        SparkWritten written = await spark.Session.WriteAsync(
            new("select id from range(3) where id > 5", spark.NewPath())
            {
                Metrics = [new("rows", "count(*)"), new("last", "max(id)")],
            },
            progress: null, CancellationToken.None);

        Assert.Equal([new("last", null), new("rows", 0L)], written.Metrics);
    }

    [SparkFact]
    public async Task Write_MetricsOfEveryType_AreTypedLikeCells()
    {
        SparkWritten written = await spark.Session.WriteAsync(
            new(
                """
                select true a, 2 b, 3L c, 1.5D d, cast(2.50 as decimal(10,2)) e, 'x' f, date '2024-02-29' g,
                    timestamp '2024-02-29 12:00:00' h, X'01FF' i
                """,
                spark.NewPath())
            {
                Metrics = [.. "abcdefghi".Select(c => KeyValuePair.Create($"{c}", $"max({c})"))],
            },
            progress: null, CancellationToken.None);

        Assert.Equal(
            [
                true, 2, 3L, 1.5, "2.50", "x", new DateOnly(2024, 2, 29),
                new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), new byte[] { 1, 255 },
            ],
            written.Metrics.Values);
    }

    [SparkFact]
    public async Task Write_ByPartitionWithOptions_HasItsFoldersAndCodec()
    {
        string folder = spark.NewPath();

        await spark.Session.WriteAsync(
            new("select id, id % 3 as k from range(0, 9, 1, 1)", folder)
            {
                PartitionBy = ["k"],
                Options = ImmutableSortedDictionary<string, string>.Empty.Add("compression", "zstd"),
            },
            progress: null, CancellationToken.None);

        Assert.Equal(
            ["k=0", "k=1", "k=2"],
            Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(
            Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories),
            f => Assert.EndsWith(".zstd.parquet", f, StringComparison.Ordinal));
    }

    [SparkFact]
    public async Task Query_LargeCells_CrossInOneMessage()
    {
        SparkRows rows = await spark.Session.QueryAsync(
            "select repeat(sha2(cast(id as string), 512), 80000) as x from range(1)", CancellationToken.None);

        Assert.Equal(10_240_000, Assert.IsType<string>(rows.Rows[0][0]).Length);
    }

    [SparkTheory]
    [InlineData("select array(1) as odd", "odd")]
    [InlineData("select date '0000-12-31' as odd", "odd")]
    [InlineData("select date '10000-01-01' as odd", "odd")]
    [InlineData("select timestamp '10000-01-01 00:00:00' as odd", "odd")]
    public async Task Query_ValueWithoutForm_NamesItsColumn(string sql, string column)
    {
        LandfallException e = await Assert.ThrowsAsync<LandfallException>(
            () => spark.Session.QueryAsync(sql, CancellationToken.None));

        Assert.Equal("LF4338", e.Code);
        Assert.Contains(column, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10000", e.Message, StringComparison.Ordinal);
    }

    [SparkFact]
    public async Task Configure_Settings_AreThoseOfTheSession()
    {
        await using SparkSession session = await spark.OpenAsync();
        Dictionary<string, string> settings = new()
        {
            ["spark.sql.session.timeZone"] = "UTC", ["spark.sql.ansi.doubleQuotedIdentifiers"] = "true",
            ["spark.sql.shuffle.partitions"] = "3",
        };

        await session.ConfigureAsync(settings, CancellationToken.None);

        Assert.Equal("3", await session.SettingAsync("spark.sql.shuffle.partitions", CancellationToken.None));
        Assert.NotEqual(
            "3", await spark.Session.SettingAsync("spark.sql.shuffle.partitions", CancellationToken.None));
        Assert.Null(await session.SettingAsync("spark.landfall.nothing", CancellationToken.None));
        SparkRows rows = await session.QueryAsync(
            "select \"b c\" from (select 7 as \"b c\")", CancellationToken.None);
        Assert.Equal([7], rows.Rows[0]);
    }

    [SparkTheory]
    [InlineData("spark.sql.warehouse.dir", "elsewhere", "CANNOT_MODIFY_STATIC_CONFIG")]
    [InlineData("spark.sql.shuffle.partitions", "many", "INVALID_CONF_VALUE")]
    public async Task Configure_SettingNotTaken_IsNamedThoughOthersAre(string name, string value, string why)
    {
        await using SparkSession session = await spark.OpenAsync();
        Dictionary<string, string> settings = new()
        {
            ["spark.sql.session.timeZone"] = "UTC", [name] = value, ["spark.sql.ansi.enabled"] = "true",
        };

        LandfallException e = await Assert.ThrowsAsync<LandfallException>(
            () => session.ConfigureAsync(settings, CancellationToken.None));

        Assert.Equal("LF4333", e.Code);
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [SparkFact]
    public async Task Open_OfTwo_ShareNoViews()
    {
        await using SparkSession other = await spark.OpenAsync();
        await other.ExecuteAsync("create temporary view mine as select 1 as a", CancellationToken.None);

        Assert.Single((await other.QueryAsync("select a from mine", CancellationToken.None)).Rows);
        await Assert.ThrowsAsync<SparkException>(
            () => spark.Session.QueryAsync("select a from mine", CancellationToken.None));
    }

    [SparkFact]
    public async Task Statements_ManyAtOnce_EachHasItsOwnRows()
    {
        SparkRows[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            i => spark.Session.QueryAsync(
                $"select {i} as i, sum(id) as s from range({i + 1})", CancellationToken.None)));

        Assert.All(all.Index(), r => Assert.Equal([r.Index, r.Index * (r.Index + 1L) / 2], r.Item.Rows[0]));
    }

    [Fact]
    public async Task Open_NoServer_FailsWithinItsTime()
    {
        LandfallException e = await Assert.ThrowsAsync<LandfallException>(() => SparkSession.OpenAsync(
            SparkAddress.Parse("sc://127.0.0.1:1/;token=secret"),
            SparkFixture.Options() with { ConnectTimeout = TimeSpan.FromMilliseconds(300) }, CancellationToken.None));

        Assert.Equal("LF4331", e.Code);
        Assert.Contains("127.0.0.1:1 ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "", 2)]
    [InlineData("00112233445566778899aabbccddeeff", "", 2)]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff", "a,b", 2)]
    [InlineData("00112233-4455-6677-8899-aabbccddeeff", "", 5)]
    public async Task Open_OptionOutOfForm_IsRefused(string id, string tag, int outageMinutes) =>
        await Assert.ThrowsAsync<ArgumentException>(() => SparkSession.OpenAsync(
            SparkAddress.Parse("sc://127.0.0.1:1"),
            new() { SessionId = id, Tag = tag, OutageLimit = TimeSpan.FromMinutes(outageMinutes) },
            CancellationToken.None));
}
