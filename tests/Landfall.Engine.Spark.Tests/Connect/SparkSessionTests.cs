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
    public async Task Query_MissingColumn_NamesClassStateAndPlace()
    {
        SparkException e = await Assert.ThrowsAsync<SparkException>(
            () => spark.Session.QueryAsync("select nothing from range(1)", CancellationToken.None));

        Assert.Equal("LF4334", e.Code);
        Assert.Equal("UNRESOLVED_COLUMN.WITH_SUGGESTION", e.ErrorClass);
        Assert.Equal("42703", e.SqlState);
        Assert.Equal(new SparkErrorContext(7, 13, "nothing"), e.Context);
        Assert.Same(e, e.Reportable());
    }

    [SparkFact]
    public async Task Interrupt_StatementOfAnotherProcess_EndsItAndTheSession()
    {
        SparkSession other = await spark.OpenAsync();
        Task<SparkRows> running = other.QueryAsync(
            "select java_method('java.lang.Thread', 'sleep', 600000L)", CancellationToken.None);
        await SparkSession.InterruptAsync(spark.Address, other.Id, CancellationToken.None);

        LandfallException e = await Assert.ThrowsAnyAsync<LandfallException>(() => running);

        Assert.Contains(e.Code, (string[])["LF4335", "LF4336", "LF4339"]);
        await Assert.ThrowsAnyAsync<LandfallException>(() => other.QueryAsync("select 1", CancellationToken.None));
    }
}
