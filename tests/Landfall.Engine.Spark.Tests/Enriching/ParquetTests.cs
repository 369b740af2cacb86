using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Tests.Connect;
using Landfall.Estate.Integrations;
using Landfall.Testing;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>Parquet files come out of both engines as the same rows and the same quarantine.</summary>
[Collection(SparkCollection.Name)]
public sealed class ParquetTests(SparkFixture spark)
{
    private const int Rows = 500;

    /// <summary>A row of every type that is landed; <c>i</c> counts rows.</summary>
    private const string EveryType = """
        i::int as id, (i % 3)::smallint as small, i * 184467440737095516 as big, i % 2 = 0 as flag,
        (i / 8)::float as half, i / 3.0::double as whole, (i / 100)::decimal(9,2) as money,
        (i / 100)::decimal(30,12) as wide, (i / 1000)::decimal(3,3) as part, date '2024-02-28' + i::int as day,
        timestamp '2024-01-01 10:00:00' + interval (i * 1234567) microseconds as local,
        timestamptz '2024-01-01 10:00:00+00' + interval (i * 1234567) microseconds as instant,
        'Ä "' || chr(i::int + 1) || '" \ 😀' as name, encode('a''\' || chr(i::int + 1)) as data
        """;

    private const string Texts = """
        ['12', '1.50', 'x', '', '2024-03-31 02:30:00', '2024-01-01', '2024-01-01T10:00:00Z', 'true', '1e3', '\x41']
        [i % 10 + 1] as text
        """;

    private const string EveryTypeNull = """
        i::int, null::smallint, null::bigint, null::boolean, null::float, null::double, null::decimal(9,2),
        null::decimal(30,12), null::decimal(3,3), null::date, null::timestamp, null::timestamptz, null::varchar,
        null::blob
        """;

    private static readonly string[] _types =
    [
        "string", "boolean", "int", "bigint", "double", "date", "timestamp", "binary", "decimal(9,2)", "decimal(30,12)",
        "decimal(3,3)", "decimal(5,1)", "decimal(38,0)",
    ];

    [SparkFact]
    public async Task Columns_OfTheContractsTypes_AreReadTheSame()
    {
        using EnrichPair pair = new(
            spark.Session, ("id", "int!"), ("big", "bigint"), ("flag", "boolean"), ("half", "double"),
            ("whole", "double!"), ("money", "decimal(9,2)"), ("wide", "decimal(30,12)"), ("part", "decimal(3,3)"),
            ("day", "date"), ("instant", "timestamp"), ("name", "string"), ("data", "binary"), ("none", "string"));
        pair.PutParquet(1, "every", $"select {EveryType} from range(50) r(i) union all select {EveryTypeNull} "
            + "from range(2) r(i)");
        pair.PutParquet(1, "empty", $"select {EveryType} from range(0) r(i)");
        pair.PutParquet(2, "other.parquet", "select 7::int as id, 1::double as whole, 'x' as extra");
        pair.Put(2, "text.jsonl", "{\"id\":8,\"whole\":1.5,\"more\":1}\n{\"id\":\"x\"}\n", FileFormat.JsonLines);

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(["1: 52 required 2", "2: 3 type 1", "failed: "], same.Counts);
        Assert.Contains("unknown extra, local, more, small", same.Notes);
        Assert.Equal(52, same.Rows.Length);
    }

    [SparkTheory]
    [InlineData("", "")]
    [InlineData("Europe/Berlin", "timestamp")]
    public async Task Columns_OfOtherTypes_AreCastTheSame(string zone, string only)
    {
        string[] sources =
        [
            "small", "id", "big", "flag", "money", "wide", "part", "day", "instant", "name", "data", "text", "local",
        ];
        foreach (string type in only.Length > 0 ? [only] : _types)
        {
            using EnrichPair pair = new(spark.Session, ("id", "int"), ("v", type));
            pair.Request = pair.Request with { TimeZone = zone };
            foreach (string source in sources.Where(s => s != "local" || type != "timestamp" || zone.Length > 0))
            {
                pair.PutParquet(
                    1, $"{source} as {type}", $"select id as id, {source} as v from (select {EveryType}, {Texts} "
                    + "from range(30) r(i))");
            }

            await pair.AssertSameAsync(type);
        }
    }

    [SparkFact]
    public async Task Records_OfEveryValue_AreKeptTheSame()
    {
        TestSeed seed = TestSeed.Fresh();
        using EnrichPair pair = new(spark.Session, ("id", "int!"));
        string random = "(hash(i, 'sign') % 2 * 2.0 - 1) * (hash(i, 'a') % 1000000) "
            + $"* pow(10.0, ((hash(i, {seed.Value}) % 60)::int - 30))";
        pair.PutParquet(
            1, "it's.parquet", $"""
            select null::int as id, {random} as "a double", ({random})::float as "ä""quoted", 'x' as "it's",
            chr(i::int) as c,
            (hash(i) % 100000)::decimal(15,7) / 1000 as few, (hash(i) % 1000)::decimal(38,30) / 7 as "`many`",
            date '0001-01-03' - i::int as "day.before", timestamp '0001-01-01 00:00:01.5' - interval (i) hours as local,
            timestamptz '9999-12-31 23:00:00+00' + interval (i) minutes as late from range(1, {Rows}) r(i)
            union all select null::int, v, v::float, '', '', null, null, if(v > 0, 'infinity', '-infinity')::date,
            if(v > 0, 'infinity', '-infinity')::timestamp, if(v > 0, 'infinity', '-infinity')::timestamptz from (select
            unnest(['nan'::double, 'infinity', '-infinity', 0, '-0.0', 1e20, 1e21, 123456789012345678901, 1e22, 1e-6,
            1.25e-6, 1e-7, 1e-300, 1e7, 12345678.5, 0.001, 0.0001, -1.5e-5]::double[]) as v)
            """);

        EnrichOutcome same = await pair.AssertSameAsync(seed.ToString());

        Assert.Equal(Rows + 17, same.Quarantine.Length);
    }

    [SparkFact]
    public async Task Values_OutsideOfTheirRange_AreQuarantinedTheSame()
    {
        using EnrichPair pair = new(
            spark.Session, ("v", "double"), ("day", "date"), ("instant", "timestamp"), ("text", "string"));
        pair.PutParquet(1, "a", """
            select unnest(['nan'::double, 'infinity', 1, null]) as v, unnest(['10000-01-01'::date, '0001-01-01',
            '9999-12-31', '0001-12-31 (BC)']) as day, unnest(['9999-12-31 23:59:59.999999+00'::timestamptz,
            '10000-01-01 00:00:00+00', 'infinity', '0001-01-01 00:00:00+00']) as instant, 1.5::decimal(2,1) as text
            """);
        pair.PutParquet(1, "b", "select unnest(['0001-12-31 (BC)'::date, '-infinity', '9999-12-31']) as day");
        pair.PutParquet(1, "c", "select unnest(['infinity'::timestamptz, '10000-01-01 00:00:00+00']) as instant");

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal("1: 9 not-finite 2 range 6", same.Counts[0]);
    }

    [SparkFact]
    public async Task Files_ThatAreNotWhole_AreLeftOutTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        const string Select = "select i::int as id, 'text ' || i as a from range(5000) r(i)";
        pair.PutParquet(1, "a", Select);
        pair.PutParquet(1, "cut", Select, b => b[..^100]);
        pair.PutParquet(1, "beginning", Select, b => b[..1000]);
        pair.PutParquet(1, "end", Select, b => [.. b, 0]);
        pair.PutParquet(1, "page", Select, WithZeros);
        pair.Put(2, "nothing", "", FileFormat.Parquet);
        pair.Put(2, "json", "{\"id\":1}\n", FileFormat.Parquet);
        pair.Put(2, "text.jsonl", "{\"id\":1}\n", FileFormat.JsonLines);

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(6, same.Notes.Count(n => n.EndsWith("whole, or no Parquet file", StringComparison.Ordinal)));
        Assert.Equal(5001, same.Rows.Length);
    }

    [SparkFact]
    public async Task Text_ThatIsNoUtf8_MakesTheFileUnreadable()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("a", "string"));
        pair.PutParquet(1, "a", "select 1 as id, 'whole' as a");
        pair.PutParquet(1, "b", "select 2 as id, 'damaged' as a", b =>
        {
            for (int at; (at = b.AsSpan().IndexOf("damaged"u8)) >= 0; b[at] = 0xff)
            {
            }

            return b;
        });

        EnrichOutcome same = await pair.AssertSameAsync();

        Assert.Equal(["1|whole|1|a"], same.Rows);
    }

    [SparkFact]
    public async Task Copy_ThatIsDamaged_KeepsTheTable()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"));
        pair.Request = pair.Request with { Mode = EnrichMode.Replace };
        pair.PutParquet(1, "t", "select i::int as id from range(9) r(i)");
        await pair.AssertSameAsync();
        pair.PutParquet(2, "t", "select i::int as id from range(900) r(i)", WithZeros);
        EnrichOutcome same = await pair.AssertSameAsync();
        Assert.Equal(9, same.Rows.Length);

        pair.PutParquet(3, "t", "select i::int as id from range(3) r(i)");
        Assert.Equal(3, (await pair.AssertSameAsync()).Rows.Length);
    }

    [SparkFact]
    public async Task FileThatMayNotBeBad_FailsTheSame()
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"));
        pair.PutParquet(1, "t", "select i::int as id from range(900) r(i)", WithZeros);

        Assert.Contains("t cannot be read", await pair.AssertSameFailureAsync(r => r with { SkipsBadFiles = false }));
    }

    [SparkTheory]
    [InlineData("1 as other", "no field id")]
    [InlineData("1 as ID", "If ID is meant")]
    [InlineData("1 as id, timestamp '2024-01-01 00:00:00' as at", "t.parquet has no offset")]
    public async Task FileThatDoesNotDo_FailsTheSame(string columns, string message)
    {
        using EnrichPair pair = new(spark.Session, ("id", "int!"), ("at", "timestamp"));
        pair.PutParquet(1, "t.parquet", $"select {columns}");

        Assert.Contains(message, await pair.AssertSameFailureAsync());
    }

    [SparkTheory]
    [InlineData("1.5::double as v", "DOUBLE as decimal(5,2)")]
    [InlineData("1.5::float as v", "FLOAT as decimal(5,2)")]
    [InlineData("1::utinyint as v", "INT32 UINT_8")]
    [InlineData("[1] as v", "GROUP")]
    [InlineData("timestamp_ns '2024-01-01 00:00:00' as v", "INT64 TIMESTAMP as decimal")]
    [InlineData("timestamp_ms '2024-01-01 00:00:00' as v", "INT64 TIMESTAMP_MILLIS")]
    [InlineData("1 as v, time '10:00:00' as other", "INT64 TIME_MICROS, as other of t.parquet")]
    [InlineData("1 as v, uuid() as other", "FIXED_LEN_BYTE_ARRAY UUID, as other of t.parquet")]
    [InlineData("1 as v, '{}'::json as other", "BYTE_ARRAY JSON, as other of t.parquet")]
    public async Task ColumnThatSparkReadsOtherwise_IsRefusedInWords(string columns, string what)
    {
        using EnrichPair pair = new(spark.Session, ("v", "decimal(5,2)"));
        pair.PutParquet(1, "t.parquet", $"select {columns}");

        (EnrichOutcome _, EnrichOutcome outcome) = await pair.RunAsync();

        Assert.Contains("the engine spark does not read Parquet columns of the type", outcome.Failure);
        Assert.Contains(what, outcome.Failure, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("engine: duckdb", outcome.Failure);
    }

    private static byte[] WithZeros(byte[] file) => [.. file[..4], .. new byte[90], .. file[94..]];
}
