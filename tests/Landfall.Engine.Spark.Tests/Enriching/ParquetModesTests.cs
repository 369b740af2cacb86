using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Relations of databases, landed as Parquet, come together with a table's rows as on DuckDB.</summary>
[Collection(SparkCollection.Name)]
public sealed class ParquetModesTests(SparkFixture spark)
{
    private const string Relation = "public.account";

    [SparkFact]
    public async Task Upsert_OfARelation_KeepsTheNewestRow()
    {
        using EnrichPair pair = Pair();
        pair.Request = pair.Request with { Mode = EnrichMode.Upsert, Key = ["id"], Cursor = "seen" };
        Put(
            pair, 1,
            "(1, '2024-01-01', 'x', 1.5), (2, '2024-01-05', 'x', 2), (3, null, 'x', 3), (null, null, 'bad', 0)");
        await pair.AssertSameAsync();
        Put(pair, 2, "(1, '2024-01-02', 'y', 1), (2, '2024-01-04', 'old', 2), (3, null, 'x', 3), (4, null, 'y', null)");
        Put(pair, 3, "(4, '2024-01-03', 'z', 1)");

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(4, same.Rows.Length);
        Assert.Contains("1|2024-01-02 00:00:00+00|y|1.00|2|public.account", same.Rows);
        Assert.Equal("1|public.account|required|id|", Assert.Single(same.Quarantine)[..29]);
    }

    [SparkFact]
    public async Task Difference_OfARelation_AddsWhatIsMore()
    {
        using EnrichPair pair = Pair();
        pair.Request = pair.Request with { Mode = EnrichMode.Difference, Cursor = "seen" };
        Put(pair, 1, "(1, '2024-01-01', 'x', 1), (2, '2024-01-02', 'x', 2), (2, '2024-01-02', 'x', 2)");
        await pair.AssertSameAsync();
        Put(
            pair, 2,
            "(2, '2024-01-02', 'x', 2), (2, '2024-01-02', 'x', 2), (2, '2024-01-02', 'x', 2), (3, null, 'y', 1)");

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(5, same.Rows.Length);
    }

    [SparkFact]
    public async Task Snapshot_OfARelation_ReplacesTheTable()
    {
        using EnrichPair pair = Pair();
        pair.Request = pair.Request with { Mode = EnrichMode.Replace };
        Put(pair, 1, "(1, '2024-01-01', 'x', 1), (2, '2024-01-02', 'x', 2)");
        await pair.AssertSameAsync();
        pair.PutParquet(2, Relation, "select 1::bigint as id, 'x' as name");
        Assert.Contains("does not have the column seen", await pair.AssertSameFailureAsync());
        pair.PutParquet(
            2, Relation,
            "select 3::bigint as id, null::timestamptz as seen, 'x' as name, 1::decimal(9,2) as money where false");

        Assert.Empty((await pair.AssertSameAsync()).Rows);
    }

    [SparkFact]
    public async Task Keys_ThatRelationsRepeat_AreQuarantinedTheSame()
    {
        using EnrichPair pair = Pair();
        pair.Request = pair.Request with
        {
            Keys = [new ContractKey(["id"], IsPrimary: true), new ContractKey(["name"], IsPrimary: false)],
        };
        Put(pair, 1, "(1, '2024-01-01', 'x', 1), (2, null, null, 2), (3, null, null, 2.25)");
        await pair.AssertSameAsync();
        Put(pair, 2, "(1, '2024-01-01', 'y', 1), (4, null, 'x', 2), (5, null, 'z', 0.05)");
        Put(pair, 3, "(5, null, 'w', 1)");

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Contains("2: 3 primary-key 1 unique 1", same.Counts);
        Assert.Contains("3: 1 primary-key 1", same.Counts);
    }

    [SparkFact]
    public async Task Batch_WithTooManyBadRows_KeepsTheBatchesBefore()
    {
        using EnrichPair pair = Pair();
        Put(pair, 1, "(1, '2024-01-01', 'x', 1)");
        Put(pair, 2, "(null, '2024-01-01', 'x', 1), (2, null, 'y', 1)");
        Put(pair, 3, "(3, '2024-01-01', 'x', 1)");

        EnrichOutcome same = await pair.AssertSameAsync(r => r with { Threshold = 0.1 });

        Assert.Equal("failed: 2", same.Counts[^1]);
        Assert.Single(same.Rows);
    }

    private EnrichPair Pair() => new(
        spark.Session, ("id", "bigint!"), ("seen", "timestamp"), ("name", "string"), ("money", "decimal(9,2)"));

    private static void Put(EnrichPair pair, long batch, string values) => pair.PutParquet(
        batch, Relation,
        "select id::bigint as id, seen::timestamptz as seen, name::varchar as name, money::decimal(12,4) as money "
        + $"from (values {values}) v(id, seen, name, money)");
}
