using Landfall.Estate;

namespace Landfall.DuckDb.Tests;

public sealed class DuckDbResultTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    public static TheoryData<string, object> Scalars => new()
    {
        { "true", true },
        { "(-128)::tinyint", sbyte.MinValue },
        { "(-32768)::smallint", short.MinValue },
        { "(-2147483648)::int", int.MinValue },
        { "9223372036854775807::bigint", long.MaxValue },
        { "255::utinyint", byte.MaxValue },
        { "65535::usmallint", ushort.MaxValue },
        { "4294967295::uinteger", uint.MaxValue },
        { "18446744073709551615::ubigint", ulong.MaxValue },
        { "170141183460469231731687303715884105727::hugeint", Int128.MaxValue },
        { "(-170141183460469231731687303715884105727)::hugeint", -Int128.MaxValue },
        { "340282366920938463463374607431768211455::uhugeint", UInt128.MaxValue },
        { "1.5::float", 1.5f },
        { "'-inf'::double", double.NegativeInfinity },
        { "'12 bytes text'", "12 bytes text" },
        { "'a\U0001F680' || repeat('x', 30)", "a\U0001F680" + new string('x', 30) },
        { "'\\x00\\xFFabc'::blob", new byte[] { 0, 255, 97, 98, 99 } },
        { "date '1960-02-29'", new DateOnly(1960, 2, 29) },
        { "time '23:59:59.999999'", new TimeOnly(23, 59, 59, 999, 999) },
        { "timestamp '1969-12-31 23:59:59.5'", new DateTime(1969, 12, 31, 23, 59, 59, 500) },
        { "'2001-02-03 04:05:06'::timestamp_s", new DateTime(2001, 2, 3, 4, 5, 6) },
        { "'2001-02-03 04:05:06.789'::timestamp_ms", new DateTime(2001, 2, 3, 4, 5, 6, 789) },
        { "'1969-12-31 23:59:59.999999999'::timestamp_ns", new DateTime(621355967999999999) },
        { "timestamptz '2026-06-01 02:00:00+02'", new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero) },
        { "interval '1 month 2 days 3 microseconds'", new DuckDbInterval(1, 2, 3) },
        { "'00112233-4455-6677-8899-aabbccddeeff'::uuid", new Guid("00112233-4455-6677-8899-aabbccddeeff") },
        { "'ffffffff-4455-6677-8899-aabbccddeeff'::uuid", new Guid("ffffffff-4455-6677-8899-aabbccddeeff") },
        { "'b'::enum('a', 'b')", "b" },
        { "'{\"a\": 1}'::json", "{\"a\": 1}" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Rows_EachType_IsItsNetValueBetweenNulls(string sql, object expected)
    {
        object?[][] rows = _session.Rows($"select if(i = 1, {sql}, null) from range(3) r(i)");

        Assert.Equal([null, expected, null], rows.Select(r => r[0]));
        Assert.IsType(expected.GetType(), rows[1][0]);
    }

    [Theory]
    [InlineData("1.50::decimal(4,2)", "1.50")]
    [InlineData("(-99999.9999)::decimal(9,4)", "-99999.9999")]
    [InlineData("123456789012345.678::decimal(18,3)", "123456789012345.678")]
    [InlineData("(-0.01)::decimal(38,2)", "-0.01")]
    [InlineData("79228162514264337593543950335::decimal(38,0)", "79228162514264337593543950335")]
    public void Rows_DecimalThatFits_IsDecimalWithItsScale(string sql, string expected) =>
        Assert.Equal(expected, Assert.IsType<decimal>(_session.Value($"select {sql}")).ToString());

    [Theory]
    [InlineData("79228162514264337593543950336::decimal(38,0)", "79228162514264337593543950336")]
    [InlineData("'-9999999999999999999999999999999.999'::decimal(38,3)", "-9999999999999999999999999999999.999")]
    [InlineData("'0.00000000000000000000000000000001'::decimal(38,32)", "0.00000000000000000000000000000001")]
    public void Rows_DecimalThatDoesNotFit_IsItsExactDigits(string sql, string expected) =>
        Assert.Equal(expected, Assert.IsType<string>(_session.Value($"select {sql}")));

    [Theory]
    [InlineData("timestamptz 'infinity'")]
    [InlineData("timestamp '-infinity'")]
    [InlineData("date '20000-01-01'")]
    [InlineData("date '0001-01-01' - 1")]
    [InlineData("time '24:00:00'")]
    [InlineData("'101'::bit")]
    [InlineData("timetz '10:00:00+02'")]
    public void Rows_ValueWithoutNetForm_SaysToCast(string sql)
    {
        var refused = Assert.Throws<LandfallException>(() => _session.Value($"select {sql}"));

        Assert.Equal("LF4104", refused.Code);
        Assert.Contains("varchar", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Rows_Nested_AreListsAndDictionaries()
    {
        object?[] row = _session.Rows("""
            select [1, null, 3], [[1], [], null], {'a': 1, 'b': {'c': null, 'd': ['x']}}, map {'k': [1, 2], 'l': null},
                [{'a': 1}, {'a': null}], [1, 2]::int[2], []::varchar[], null::int[], null::struct(a int),
                map {}::map(int, int)
            """).Single();

        Assert.Equal([1, null, 3], (object?[])row[0]!);
        Assert.Equal(new object?[] { new object?[] { 1 }, Array.Empty<object?>(), null }, (object?[])row[1]!);
        var outer = Assert.IsType<Dictionary<string, object?>>(row[2]);
        var inner = Assert.IsType<Dictionary<string, object?>>(outer["b"]);
        Assert.Equal((1, null), (outer["a"], inner["c"]));
        Assert.Equal(["x"], (object?[])inner["d"]!);
        var map = Assert.IsType<Dictionary<object, object?>>(row[3]);
        Assert.Equal(["k", "l"], map.Keys);
        Assert.Equal([1, 2], (object?[])map["k"]!);
        Assert.Null(map["l"]);
        Assert.Equal([1, null], ((object?[])row[4]!).Select(v => ((Dictionary<string, object?>)v!)["a"]));
        Assert.Equal([1, 2], (object?[])row[5]!);
        Assert.Empty((object?[])row[6]!);
        Assert.Equal((null, null), (row[7], row[8]));
        Assert.Empty((Dictionary<object, object?>)row[9]!);
    }

    [Fact]
    public void Columns_OfEachType_AreWrittenAsInSql()
    {
        using DuckDbResult result = _session.Connection.Query("""
            select 1.5::decimal(18,2) a, ['x'] b, {'f 1': 1, 'g': [true]} c, map {'k': 1.0::double} d, 
                'x'::enum('x', 'y''') e, '{}'::json f, now() g, [1]::int[1] h
            """);

        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h"], result.Columns.Select(c => c.Name));
        Assert.Equal(
            [
                "DECIMAL(18,2)", "VARCHAR[]", "STRUCT(\"f 1\" INTEGER, \"g\" BOOLEAN[])", "MAP(VARCHAR, DOUBLE)",
                "ENUM('x', 'y''')", "JSON", "TIMESTAMP WITH TIME ZONE", "INTEGER[1]",
            ],
            result.Columns.Select(c => c.Type.ToString()));
    }

    [Fact]
    public void Rows_EnumOfManyLabels_AreTheirLabels()
    {
        _session.Connection.Execute("create type many as enum (select 'label ' || range from range(300))");

        Assert.Equal(["label 0", "label 255", "label 299"], _session.Rows(
            "select unnest(['label 0', 'label 255', 'label 299'])::many").Select(r => r[0]));
    }

    [Fact]
    public void NextChunk_EmptyResult_HasColumnsAndNoRows()
    {
        using DuckDbResult result = _session.Connection.Query("select 1 a, 'x' b where false");

        Assert.Equal(2, result.Columns.Length);
        Assert.False(result.NextChunk(out _));
        Assert.False(result.NextChunk(out _));
    }

    [Fact]
    public void NextChunk_ManyChunks_HoldEveryRowOnce()
    {
        using DuckDbResult result = _session.Connection.Query(
            "select range a, if(range % 3 = 0, null, 'value number ' || range) b from range(100001) order by a");
        long next = 0;
        int chunks = 0;
        while (result.NextChunk(out DataChunk chunk))
        {
            chunks++;
            ReadOnlySpan<long> numbers = chunk[0].Values<long>();
            VectorView texts = chunk[1];
            for (int row = 0; row < chunk.RowCount; row++, next++)
            {
                Assert.Equal(next, numbers[row]);
                Assert.Equal(next % 3 != 0, texts.IsValid(row));
                Assert.True(next % 3 == 0 || texts.Text(row) == $"value number {next}");
            }
        }

        Assert.Equal(100_001, next);
        Assert.True(chunks > 48);
    }

    [Fact]
    public void NextChunk_ErrorAfterRows_IsThrownAndNotAnEnd()
    {
        // Of several threads one may report that it was interrupted by the other's error.
        _session.Connection.Execute("set threads = 1");
        using DuckDbResult result = _session.Connection.Query(
            "select if(range = 900000, error('late'), range) from range(1000000)");

        var failed = Assert.Throws<DuckDbException>(() => result.Rows().Count());

        Assert.Equal(DuckDbErrorType.InvalidInput, failed.ErrorType);
        Assert.Contains("late", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, _session.Value("select 1"));
    }

    [Fact]
    public void NextChunk_LargeResult_KeepsMemoryFlat()
    {
        const string Sql = "select range a, range + 1 b, hash(range) c from range(10000000)";
        const long Limit = 64L << 20;
        using DuckDbConnection observer = _session.Database.Connect();

        long highest = 0;
        long rows = 0;
        using (DuckDbResult result = _session.Connection.Query(Sql))
        {
            for (int i = 0; result.NextChunk(out DataChunk chunk); i++)
            {
                rows += chunk.RowCount;
                highest = i % 200 == 0 ? Math.Max(highest, UsedBytes(observer)) : highest;
            }
        }

        Assert.Equal(10_000_000, rows);
        Assert.InRange(highest, 0, Limit);

        _session.Connection.Execute($"create table held as {Sql}");
        Assert.True(UsedBytes(observer) > Limit, "The measure does not see memory that is held.");
    }

    [Fact]
    public void NextChunk_AfterDispose_Throws()
    {
        DuckDbResult result = _session.Connection.Query("select range from range(10000)");
        Assert.True(result.NextChunk(out DataChunk chunk));
        result.Dispose();
        result.Dispose();

        Assert.Throws<ObjectDisposedException>(() => result.NextChunk(out _));
        bool refused = false;
        try
        {
            _ = chunk[0];
        }
        catch (ObjectDisposedException)
        {
            refused = true;
        }

        Assert.True(refused);
    }

    private static long UsedBytes(DuckDbConnection connection) =>
        connection.Scalar<long>("select sum(memory_usage_bytes)::bigint from duckdb_memory()");
}
