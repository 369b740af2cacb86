using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

public sealed class DeltaScanTests : IDisposable
{
    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Sql_NoFiles_IsTypedAndEmpty()
    {
        string scan = DeltaScan.Sql(_session.Table, StorageSession.SchemaOf(("a", "decimal(18,2)"), ("t", "timestamp")),
            [], withPosition: true);

        Assert.Equal(
            ["a|DECIMAL(18,2)", "t|TIMESTAMP WITH TIME ZONE", "_landfall_file|VARCHAR", "_landfall_row|BIGINT"],
            _session.Rows($"select column_name, column_type from (describe {scan})"));
        Assert.Empty(_session.Rows(scan));
    }

    [Fact]
    public void Sql_FilesOfOlderSchemas_HaveNullsAndTheTypesOfNow()
    {
        IReadOnlyList<DataFile> old = _session.Write(
            "select 1 as a, 'gone' as dropped", StorageSession.SchemaOf(("a", "int"), ("dropped", "string")));
        IReadOnlyList<DataFile> now = _session.Write(
            "select 5000000000 as a, 2.5 as added",
                StorageSession.SchemaOf(("a", "bigint"), ("added", "decimal(18,2)")), step: "s2");
        TableSchema schema = StorageSession.SchemaOf(("added", "decimal(18,2)"), ("a", "bigint"), ("later", "string"));

        string scan = Scan(schema, [.. old, .. now]);

        Assert.Equal(["NULL|1|NULL", "2.50|5000000000|NULL"], _session.Rows($"select * from ({scan}) order by a"));
        Assert.Equal(["NULL|1|NULL"], _session.Rows(Scan(schema, [.. old])));
    }

    [Fact]
    public void Sql_WithPosition_NamesFileAndRow()
    {
        TableSchema schema = StorageSession.SchemaOf(("a", "bigint"));
        DataFile first = Assert.Single(_session.Write("select i as a from range(3) t(i)", schema));
        DataFile second = Assert.Single(_session.Write("select 9 as a", schema, step: "s%20 2"));

        string scan = DeltaScan.Sql(
            _session.Table, schema, [first.ToAddFile(default), second.ToAddFile(default)], withPosition: true);

        Assert.Equal(
            [$"0|{first.Path}|0", $"1|{first.Path}|1", $"2|{first.Path}|2", $"9|{second.Path}|0"],
            _session.Rows($"select * from ({scan}) order by a"));
    }

    [Fact]
    public void Sql_FilterOnPartition_ReadsNoOtherFile()
    {
        TableSchema schema = StorageSession.SchemaOf(("a", "bigint"), ("month", "date"));
        IReadOnlyList<DataFile> files = _session.Write(
            "select i as a, date '2026-01-01' + to_months((i % 4)::int) as month from range(8) t(i)", schema, "month");
        foreach (DataFile file in files.Where(f => f.PartitionValues["month"] != "2026-02-01"))
        {
            // Only the header is read for the plan; a scan would fail.
            string path = Path.Combine(_session.Table, file.Path);
            using FileStream stream = File.OpenWrite(path);
            stream.Position = 4;
            stream.Write(new byte[16]);
        }

        Assert.Equal(["1|2026-02-01", "5|2026-02-01"], _session.Rows(
            $"select a, month::varchar from ({Scan(schema, files)}) where month = date '2026-02-01' order by a"));
    }

    [Fact]
    public void Sql_ColumnCalledLikeAHiveFolder_IsReadFromTheFile()
    {
        TableSchema schema = StorageSession.SchemaOf(("p", "string"));
        DataFile file = Assert.Single(_session.Write("select 'right' as p", schema, step: "p=wrong"));

        Assert.Equal(["right"], _session.Rows(Scan(schema, [file])));
    }

    [Fact]
    public void Sql_Timestamps_AreInstants()
    {
        TableSchema schema = StorageSession.SchemaOf(("t", "timestamp"));
        DataFile file =
            Assert.Single(_session.Write("select timestamptz '2026-01-01 02:00:00.123456+02' as t", schema));

        Assert.Equal(["2026-01-01T00:00:00.1234560+00:00"], _session.Rows(Scan(schema, [file])));
    }

    private string Scan(TableSchema schema, IReadOnlyList<DataFile> files) =>
        DeltaScan.Sql(_session.Table, schema, [.. files.Select(f => f.ToAddFile(default))]);
}
