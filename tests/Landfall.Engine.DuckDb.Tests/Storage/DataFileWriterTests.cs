using System.Text.Json;
using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

public sealed class DataFileWriterTests : IDisposable
{
    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Write_EveryType_HasTheParquetTypesOfDelta()
    {
        TableSchema schema = new(
        [
            .. StorageSession.SchemaOf(
                ("b", "boolean"), ("i", "int"), ("l", "bigint"), ("d", "double"), ("n", "decimal(18,2)"),
                    ("w", "decimal(38,10)"),
                ("s", "string"), ("x", "binary"), ("day", "date"), ("t", "timestamp")).Fields,
        ]);

        DataFile file = Assert.Single(_session.Write(
            """
            select true as b, sum(1) as i, sum(5000000000::bigint) as l, 1 as d, 1.5 as n, 2 as w,
              uuid() as s, 'x'::blob as x,
              '2026-01-02' as day, timestamp '2026-01-02 03:04:05.678901' as t, 'left out' as extra
            """, schema));

        Assert.Equal(
            [
                "b|BOOLEAN|NULL", "i|INT32|INT_32", "l|INT64|INT_64", "d|DOUBLE|NULL", "n|INT64|DECIMAL",
                "w|FIXED_LEN_BYTE_ARRAY|DECIMAL", "s|BYTE_ARRAY|UTF8", "x|BYTE_ARRAY|NULL", "day|INT32|DATE",
                "t|INT64|TIMESTAMP_MICROS",
            ],
            _session.Rows(
                $"select name, type, converted_type from parquet_schema({Sql(file)}) where name <> 'duckdb_schema'"));
        Assert.Equal(
            ["TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(), NANOS=<null>))"],
            _session.Rows($"select logical_type from parquet_schema({Sql(file)}) where name = 't'"));
        Assert.Equal(new FileInfo(Path.Combine(_session.Table, file.Path)).Length, file.Size);
        Assert.Equal(
            "SNAPPY", Assert.Single(_session.Rows($"select distinct compression from parquet_metadata({Sql(file)})")));
    }

    [Theory]
    [InlineData("timestamp", "timestamptz '2026-01-31 23:59:59.5Z'", "2026-01-31T23:59:59.500000Z")]
    [InlineData("timestamp", "timestamptz '0001-01-01 00:00:00Z'", "0001-01-01T00:00:00.000000Z")]
    [InlineData("decimal(5,5)", "0.00100", "0.00100")]
    [InlineData("decimal(5,5)", "-0.00100", "-0.00100")]
    [InlineData("date", "date '2026-01-31'", "2026-01-31")]
    [InlineData("boolean", "true", "true")]
    [InlineData("double", "'inf'::double", "Infinity")]
    [InlineData("double", "'-inf'::double", "-Infinity")]
    [InlineData("double", "'nan'::double", "NaN")]
    public void Write_PartitionValue_IsWrittenAsTheProtocolHasIt(string type, string sql, string expected)
    {
        TableSchema schema = StorageSession.SchemaOf(("id", "bigint"), ("p", type));

        DataFile file = Assert.Single(_session.Write($"select 1 as id, {sql} as p", schema, "p"));

        Assert.Equal(expected, file.PartitionValues["p"]);
        string scan = DeltaScan.Sql(_session.Table, schema, [file.ToAddFile(default)]);
        Assert.Equal(["True"], _session.Rows($"select p = {sql} from ({scan})"));
    }

    [Theory]
    [InlineData("date", "date '10000-01-01'")]
    [InlineData("timestamp", "timestamptz 'infinity'")]
    public void Write_PartitionValueOutOfRange_IsRefused(string type, string sql)
    {
        TableSchema schema = StorageSession.SchemaOf(("id", "bigint"), ("p", type));

        var thrown = Assert.Throws<LandfallException>(() => _session.Write($"select 1 as id, {sql} as p", schema, "p"));

        Assert.Equal("LF4220", thrown.Code);
    }

    [Fact]
    public void Write_Statistics_AreThoseOfTheFile()
    {
        TableSchema schema = StorageSession.SchemaOf(("l", "bigint"), ("d", "double"), ("n", "decimal(18,2)"),
            ("s", "string"), ("t", "timestamp"), ("b", "boolean"));

        DataFile file = Assert.Single(_session.Write(
            """
            select * from (values
              (1, 'nan'::double, 12345678901234.56, repeat('é', 40), timestamptz '1969-12-31 23:59:59.9999Z', true),
              (null, 1.0, -0.5, 'a', timestamptz '2026-01-01 00:00:00.0009Z', null)) t(l, d, n, s, t, b)
            """, schema));

        Assert.Equal(
            """{"numRecords":2,"minValues":{"l":1,"d":1,"n":-0.50,"s":"a","t":"1969-12-31T23:59:59.999Z"}"""
            + ""","maxValues":{"l":1,"n":12345678901234.56,"s":"éééééééééééééééééééééééééééééééé􏿿","""
            + "\"t\":\"2026-01-01T00:00:00.000Z\"},\"nullCount\":"
            + """{"l":1,"d":0,"n":0,"s":0,"t":0,"b":1}}""",
            file.Statistics.Replace("\\uDBFF\\uDFFF", "\U0010FFFF", StringComparison.Ordinal));
        Assert.Equal((1, 0, 0), (file.NullCount("l"), file.NullCount("d"), file.NullCount("other")));
    }

    [Fact]
    public void Write_NoRows_WritesNoFiles()
    {
        Assert.Empty(_session.Write("select 1 as a where false", StorageSession.SchemaOf(("a", "int"))));
        Assert.Empty(_session.Write(
            "select 1 as a, 2 as p where false", StorageSession.SchemaOf(("a", "int"), ("p", "int")), "p"));
        Assert.Empty(Directory.GetFiles(_session.Table, "*.parquet", SearchOption.AllDirectories));
    }

    [Fact]
    public void Write_Partitioned_KeepsValuesApartAndOutOfTheFiles()
    {
        TableSchema schema = StorageSession.SchemaOf(("a", "bigint"), ("month", "date"));

        IReadOnlyList<DataFile> files = _session.Write(
            "select i as a, case when i % 3 = 0 then null else date '2026-01-01' + (i % 3)::int end as month from "
            + "range(9) t(i)",
            schema, "month");

        Assert.Equal([null, "2026-01-02", "2026-01-03"],
            files.Select(f => f.PartitionValues["month"]).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.Equal(3, f.Rows));
        Assert.All(files, f => Assert.Equal(
            ["a"], _session.Rows($"select name from parquet_schema({Sql(f)}) where name <> 'duckdb_schema'")));
        Assert.All(files, f => Assert.StartsWith("s1/part-", f.Path, StringComparison.Ordinal));
        Assert.Equal(3, files.Sum(f => f.NullCount("month")));
    }

    [Fact]
    public void Write_PartitionTextOfAnyKind_ComesBack()
    {
        TableSchema schema = StorageSession.SchemaOf(("a", "int"), ("p", "string"));

        IReadOnlyList<DataFile> files = _session.Write(
            "select unnest([1, 2, 3, 4, 5]) as a, unnest(['', null, 'x/y=%20 ''é''', '__HIVE_DEFAULT_PARTITION__', "
            + "'NULL']) as p", schema, "p");

        Assert.Equal(
            [null, "NULL", "__HIVE_DEFAULT_PARTITION__", "x/y=%20 'é'"],
            files.Select(f => f.PartitionValues["p"]).Order(StringComparer.Ordinal).Distinct());
        string scan = DeltaScan.Sql(_session.Table, schema, [.. files.Select(f => f.ToAddFile(default))]);
        Assert.Equal(["1|NULL", "2|NULL", "3|x/y=%20 'é'", "4|__HIVE_DEFAULT_PARTITION__", "5|NULL"],
            _session.Rows($"select * from ({scan}) order by a"));
        Assert.Equal(["2"], _session.Rows($"select count(*) from ({scan}) where p is null"));
    }

    [Theory]
    [InlineData("date '0044-03-15 (BC)'", "date")]
    [InlineData("date 'infinity'", "date")]
    [InlineData("date '10000-01-01'", "date")]
    [InlineData("timestamptz 'infinity'", "timestamp")]
    [InlineData("timestamptz '-infinity'", "timestamp")]
    [InlineData("timestamptz '10000-01-01 00:00:00Z'", "timestamp")]
    public void Write_TimeThatDeltaCannotHold_IsRefused(string value, string type)
    {
        var thrown = Assert.Throws<LandfallException>(
            () => _session.Write($"select unnest([{value}, null]) as c", StorageSession.SchemaOf(("c", type))));

        Assert.Equal("LF4220", thrown.Code);
        Assert.Contains("Column c ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ValueThatDoesNotFit_Throws() =>
        Assert.ThrowsAny<LandfallException>(() =>
            _session.Write("select 3000000000 as i", StorageSession.SchemaOf(("i", "int"))));

    [Fact]
    public void DataFile_ThroughJson_IsTheSame()
    {
        DataFile file = Assert.Single(
            _session.Write("select 1 as a, null as p", StorageSession.SchemaOf(("a", "int"), ("p", "int")), "p"));

        DataFile read = JsonSerializer.Deserialize<DataFile>(JsonSerializer.Serialize(file))!;

        Assert.Equal(file.PartitionValues, read.PartitionValues);
        Assert.Equal(file with { PartitionValues = read.PartitionValues }, read);
    }

    private string Sql(DataFile file) =>
        $"'{Path.Combine(_session.Table, file.Path).Replace("'", "''", StringComparison.Ordinal)}'";
}
