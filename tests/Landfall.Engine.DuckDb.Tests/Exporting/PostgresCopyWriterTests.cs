using System.Numerics;
using System.Text;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Exporting;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Testing;

namespace Landfall.Engine.DuckDb.Tests.Exporting;

/// <summary>The bytes of a COPY: each type's, at its edges, at the edges of chunks and of the buffer.</summary>
public sealed class PostgresCopyWriterTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxDigits = 38;

    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    public void Dispose() => _database.Dispose();

    /// <summary>The bytes are those that PostgreSQL itself gives.</summary>
    [Theory]
    [InlineData("boolean", "true", "01")]
    [InlineData("boolean", "false", "00")]
    [InlineData("int", "-1::integer", "ffffffff")]
    [InlineData("int", "2147483647::integer", "7fffffff")]
    [InlineData("int", "(-2147483648)::integer", "80000000")]
    [InlineData("bigint", "258::bigint", "0000000000000102")]
    [InlineData("bigint", "(-9223372036854775807 - 1)::bigint", "8000000000000000")]
    [InlineData("double", "1.5::double", "3ff8000000000000")]
    [InlineData("double", "'-0'::double", "8000000000000000")]
    [InlineData("double", "'inf'::double", "7ff0000000000000")]
    [InlineData("double", "'-inf'::double", "fff0000000000000")]
    [InlineData("double", "'nan'::double", "7ff8000000000000")]
    [InlineData("string", "''", "")]
    [InlineData("string", "'é😀'", "c3a9f09f9880")]
    [InlineData("binary", "'\\x00\\xFF'::blob", "00ff")]
    [InlineData("date", "date '2000-01-01'", "00000000")]
    [InlineData("date", "date '1970-01-01'", "ffffd533")]
    [InlineData("date", "date '0001-01-01'", "fff4dbf9")]
    [InlineData("date", "date '9999-12-31'", "002c95d3")]
    [InlineData("date", "'infinity'::date", "7fffffff")]
    [InlineData("date", "'-infinity'::date", "80000000")]
    [InlineData("timestamp", "timestamptz '2000-01-01 00:00:00+00'", "0000000000000000")]
    [InlineData("timestamp", "timestamptz '1969-12-31 23:59:59.999999+00'", "fffca2fec4c81fff")]
    [InlineData("timestamp", "timestamptz '0001-01-01 00:00:00+00'", "ff1fe2ffc59c6000")]
    [InlineData("timestamp", "timestamptz '9999-12-31 23:59:59.999999+00'", "0380e70b913b7fff")]
    [InlineData("timestamp", "'infinity'::timestamptz", "7fffffffffffffff")]
    [InlineData("timestamp", "'-infinity'::timestamptz", "8000000000000000")]
    [InlineData("decimal(18,2)", "12345.67::decimal(18,2)", "0003000100000002000109291a2c")]
    [InlineData("decimal(18,2)", "-0.01::decimal(18,2)", "0001ffff400000020064")]
    public void Value_OfEachType_HasPostgresBytes(string type, string sql, string bytes)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));

        byte[]?[] row = Assert.Single(Written($"select {sql}, {sql} where true", parsed, parsed));

        Assert.All(row, field => Assert.Equal(bytes, Convert.ToHexStringLower(field!)));
    }

    /// <summary>Groups of zeros at the ends, which PostgreSQL itself leaves out, it reads as the same number.</summary>
    [Theory]
    [InlineData("0::decimal(18,2)", 2, "0001ffff000000020000")]
    [InlineData("10000::decimal(18,0)", 0, "000200010000000000010000")]
    public void Decimal_WithGroupsOfZeros_KeepsThem(string sql, int scale, string bytes) => Assert.Equal(
        bytes,
        Convert.ToHexStringLower(Assert.Single(Written($"select {sql}", DataType.Decimal(18, scale)))[0]!));

    [Fact]
    public void Nested_AsText_IsJsonbOfVersionOne() => Assert.Equal(
        [1, .. "[1]"u8],
        Assert.Single(Written("select '[1]'", DataType.Array(DataType.Int)))[0]!);

    /// <summary>One row in three, in any place, of any type.</summary>
    [Theory]
    [InlineData("boolean", "true")]
    [InlineData("int", "1::integer")]
    [InlineData("bigint", "1::bigint")]
    [InlineData("double", "1::double")]
    [InlineData("decimal(18,2)", "1::decimal(18,2)")]
    [InlineData("decimal(38,10)", "1::decimal(38,10)")]
    [InlineData("string", "'text'")]
    [InlineData("binary", "'text'::blob")]
    [InlineData("date", "date '2000-01-01'")]
    [InlineData("timestamp", "timestamptz '2000-01-01 00:00:00+00'")]
    public void Nulls_OfEachType_AreWhereTheyWere(string type, string sql)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));

        List<byte[]?[]> rows = Written(
            $"select i::bigint, case when i % 3 = 0 then null else {sql} end, i::bigint from range(5000) t(i)",
            DataType.BigInt, parsed, DataType.BigInt);

        Assert.Equal(5000, rows.Count);
        Assert.All(rows, (row, i) =>
        {
            Assert.Equal(i % 3 == 0, row[1] is null);
            Assert.Equal(row[0], row[2]);
            Assert.Equal(i, (int)row[0]!.Aggregate(0L, (sum, b) => (sum << 8) | b));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(4097)]
    public void Rows_AtTheEdgesOfChunks_AreAllThere(int count)
    {
        List<byte[]?[]> rows = Written(
            $"select i::integer, 'row ' || i from range({count}) t(i)", DataType.Int, DataType.String);

        Assert.Equal(
            Enumerable.Range(0, count).Select(i => $"row {i}"), rows.Select(r => Encoding.UTF8.GetString(r[1]!)));
    }

    [Theory]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(5_000_000)]
    public void Text_AsLongAsTheBuffer_IsWhole(int length)
    {
        List<byte[]?[]> rows = Written(
            $"select 'a' union all select repeat('b', {length}) union all select 'c'", DataType.String);

        Assert.Equal([1, 1, length], rows.Select(r => r[0]!.Length).Order());
        Assert.All(rows.SelectMany(r => r[0]!.Distinct()), b => Assert.InRange(b, (byte)'a', (byte)'c'));
    }

    [Theory]
    [InlineData("string", "'a' || chr(0)", "text with the character U+0000")]
    [InlineData("date", "date '5881580-07-10'", "a date")]
    [InlineData("date", "date '5877642-06-25 (BC)'", "a date")]
    [InlineData("timestamp", "timestamptz '290309-12-22 (BC) 00:00:00+00'", "a time before 4714 BC")]
    public void Value_ThatPostgresDoesNotHave_IsRefusedWithoutTheValue(string type, string sql, string what)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));

        LandfallException refused = Assert.Throws<LandfallException>(() => Written($"select {sql}", parsed));

        Assert.Equal("LF4312", refused.Code);
        Assert.StartsWith($"The column c0 holds {what}", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Any number of any scale comes back digit by digit.</summary>
    [Theory]
    [MemberData(nameof(Scales))]
    public void Decimals_OfEachScale_ComeBackExactly(int scale)
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        Random random = (seed + scale).Generator();
        foreach (int precision in new[] { 4, 9, 18, 19, MaxDigits }.Where(p => p >= scale))
        {
            string[] values = [.. Numbers(random, precision).Select(n => Text(n, scale))];
            string sql = string.Join(" union all ", values.Select((v, i) =>
                $"select {i} as place, '{v}'::decimal({precision},{scale}) as value"));

            List<byte[]?[]> rows = Written(
                $"select value from ({sql}) order by place", DataType.Decimal(precision, scale));

            Assert.Equal(values, rows.Select(r => CopyReader.Numeric(r[0])));
        }
    }

    public static TheoryData<int> Scales() => [.. Enumerable.Range(0, MaxDigits + 1)];

    /// <summary>Zero, one, the powers of ten and what lies beside them, the extremes and random ones.</summary>
    private static IEnumerable<BigInteger> Numbers(Random random, int precision)
    {
        BigInteger end = BigInteger.Pow(10, precision);
        List<BigInteger> numbers = [0, 1, end - 1];
        for (int digits = 1; digits < precision; digits++)
        {
            BigInteger power = BigInteger.Pow(10, digits);
            numbers.AddRange([power - 1, power, power + 1]);
            byte[] bytes = new byte[17];
            random.NextBytes(bytes);
            numbers.Add(BigInteger.Abs(new BigInteger(bytes)) % power);
        }

        return numbers.SelectMany(n => n.IsZero ? new[] { n } : [n, -n]);
    }

    private static string Text(BigInteger unscaled, int scale)
    {
        string digits = BigInteger.Abs(unscaled).ToString(System.Globalization.CultureInfo.InvariantCulture)
            .PadLeft(scale + 1, '0');
        return (unscaled.Sign < 0 ? "-" : "") + digits[..^scale] + (scale == 0 ? "" : "." + digits[^scale..]);
    }

    private List<byte[]?[]> Written(string sql, params DataType[] types)
    {
        TableSchema schema = new([.. types.Select((t, i) => new SchemaField($"c{i}", t))]);
        using MemoryStream stream = new();
        PostgresCopyWriter writer = new(stream, schema);
        using DuckDbConnection connection = _database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        using DuckDbResult result = connection.Query(sql);
        while (result.NextChunk(out DataChunk chunk))
        {
            writer.Write(chunk);
        }

        writer.End();
        List<byte[]?[]> rows = CopyReader.Rows(stream.ToArray());
        Assert.Equal((rows.Count, stream.Length), ((int)writer.Rows, writer.Bytes));
        return rows;
    }
}
