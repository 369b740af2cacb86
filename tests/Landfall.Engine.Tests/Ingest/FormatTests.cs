using Landfall.DuckDb;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Ingest;

public sealed class FormatTests
{
    private static readonly string[] Columns =
        ["name: id, logicalType: integer, physicalType: int", "name: v, logicalType: string"];

    [Theory]
    [InlineData("[]")]
    [InlineData(" [ {\"id\":1,\"v\":\"a]\\\"\"} , {\"id\":2} , 5 ]\n", "1, a]\"", "2, NULL")]
    public async Task JsonArray_AnyElements_AreRows(string text, params string[] rows)
    {
        using IngestLake lake = new("files: \"*.json\", mode: append", Columns);
        lake.Put("a.json", text);
        await lake.RunAsync();
        Assert.Equal(rows, await lake.RowsAsync("id, v"));
        Assert.Equal(rows.Length == 0 ? [] : ["3, malformed"], await lake.RowsAsync("_row, rule", "t__quarantine"));
    }

    [Fact]
    public async Task Zstd_Csv_IsReadAndACutOneRefused()
    {
        using IngestLake lake = new("files: \"*.csv.zst\", mode: append", Columns);
        string file = Path.Combine(lake.Source, "a.csv.zst");
        Copy($"copy (select i as id, 'x' as v from range(3) t(i)) to '{file}' (format csv, header, compression zstd)");
        await lake.RunAsync();
        Assert.Equal(["0, x", "1, x", "2, x"], await lake.RowsAsync("id, v"));

        File.WriteAllBytes(Path.Combine(lake.Source, "b.csv.zst"), File.ReadAllBytes(file)[..^2]);
        Assert.Equal("LF4261", Assert.Single((await lake.LandAsync()).LeftOut).Code);
    }

    [Fact]
    public async Task Parquet_OtherTypes_AreCastByTheSameRules()
    {
        using IngestLake lake = new("files: \"*.parquet\", mode: append", Columns);
        string file = Path.Combine(lake.Source, "a.parquet");
        Copy("copy (select * from (values ('7', 1.5, 0), ('x', 2.0, 0)) t(id, v, extra))"
            + $" to '{file}' (format parquet)");
        Assert.Contains("extra", Assert.Single((await lake.RunAsync()).Warnings), StringComparison.Ordinal);
        Assert.Equal(["7, 1.5"], await lake.RowsAsync("id, v"));
        Assert.Equal(["2, type, id"], await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
    }

    [Fact]
    public async Task Parquet_TimesOfNanoseconds_AreNotCut()
    {
        using IngestLake lake = new(
            "files: \"*.parquet\", mode: append, sourceTimeZone: UTC",
            ["name: id, logicalType: integer, physicalType: int", "name: t, logicalType: timestamp"], threshold: 1);
        Copy("copy (select * from (values (1, timestamp_ns '2024-01-02 03:04:05.123456789'), "
            + "(2, timestamp_ns '2024-01-02 03:04:05.123456')) t(id, t)) "
            + $"to '{Path.Combine(lake.Source, "a.parquet")}' (format parquet)");

        await lake.RunAsync();

        Assert.Equal(["2, 2024-01-02 03:04:05.123456"], await lake.RowsAsync("id, t at time zone 'UTC'"));
        Assert.Equal(["1, precision, t"], await lake.RowsAsync("_row, rule, column_name", "t__quarantine"));
    }

    private static void Copy(string sql)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute(sql);
    }
}
