using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Estate.Types;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>What the footer of a file says is what its writer said, but that doubles have no bounds.</summary>
public sealed class FooterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database = Databases.Small();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("i % 7 - 3 as v", "int")]
    [InlineData("i * 9000000000000 as v", "bigint")]
    [InlineData("(i * -0.01)::decimal(9,2) as v", "decimal(9,2)")]
    [InlineData("(i * 1000000000000000000000.01::decimal(30,2))::decimal(38,2) as v", "decimal(38,2)")]
    [InlineData("'käse ' || repeat('x', (i % 60)::int) as v", "string")]
    [InlineData("date '1582-10-01' + i::int as v", "date")]
    [InlineData("timestamptz '1969-12-31 23:59:59.999999+00' + to_microseconds(i) as v", "timestamp")]
    [InlineData("i % 2 = 0 as v", "boolean")]
    [InlineData("'\\x00'::blob as v", "binary")]
    [InlineData("null::int as v", "int")]
    public async Task Footer_OfSeveralRowGroups_SaysWhatTheWriterSaid(string column, string type)
    {
        DataFile file = Write($"select {column} from range(250000) r(i)", type);

        ParquetFooter footer = await FooterAsync(file, type);

        Assert.Equal(file.Rows, footer.Rows);
        Assert.Equal(
            JsonNode.Parse(file.Statistics)!.ToJsonString(), JsonNode.Parse(footer.Statistics.Json)!.ToJsonString());
    }

    /// <summary>A row group of nulls alone takes no bound from the others.</summary>
    [Fact]
    public async Task Footer_OfARowGroupOfNulls_HasTheBoundsOfTheOthers()
    {
        DataFile file = Write("select case when i > 130000 then i end::int as v from range(250000) r(i)", "int");

        ParquetFooter footer = await FooterAsync(file, "int");

        JsonNode statistics = JsonNode.Parse(footer.Statistics.Json)!;
        Assert.Equal("{\"v\":130001}", statistics["minValues"]!.ToJsonString());
        Assert.Equal("{\"v\":249999}", statistics["maxValues"]!.ToJsonString());
        Assert.Equal("{\"v\":130001}", statistics["nullCount"]!.ToJsonString());
    }

    [Theory]
    [InlineData("case when i = 5 then 'nan'::double else i end as v")]
    [InlineData("i::double as v")]
    public async Task Footer_OfDoubles_ClaimsNoBound(string column)
    {
        DataFile file = Write($"select {column} from range(10) r(i)", "double");

        ParquetFooter footer = await FooterAsync(file, "double");

        JsonNode statistics = JsonNode.Parse(footer.Statistics.Json)!;
        Assert.Equal("{}", statistics["minValues"]!.ToJsonString());
        Assert.Equal("{}", statistics["maxValues"]!.ToJsonString());
        Assert.Equal("{\"v\":0}", statistics["nullCount"]!.ToJsonString());
    }

    [Fact]
    public void Verify_OfAFileWhoseHashIsInTheLog_FindsAFlippedBit()
    {
        DataFile file = Write("select i::int as v from range(10) r(i)", "int");
        string path = Path.Combine(_folder.Path, file.Path);
        AddFile added = (file with { Sha256 = FileTags.HashOf(path) }).ToAddFile(DateTimeOffset.UnixEpoch);

        bool? before = FileTags.Verify(added, path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[20] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.True(before);
        Assert.False(FileTags.Verify(added, path));
        Assert.Null(FileTags.Verify(file.ToAddFile(DateTimeOffset.UnixEpoch), path));
    }

    private DataFile Write(string select, string type)
    {
        using DuckDbConnection connection = _database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        return DataFileWriter.Write(connection, select, SchemaOf(type), _folder.Path, "s1", default).Single();
    }

    private Task<ParquetFooter> FooterAsync(DataFile file, string type) =>
        new DuckDbParquetIo(_database, _folder.Path).ReadFooterAsync(file.Path, SchemaOf(type), default);

    private static TableSchema SchemaOf(string type) =>
        new([new("v", DataType.TryParse(type, out DataType parsed) ? parsed : throw new ArgumentException(type))]);
}
