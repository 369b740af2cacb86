using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests;

/// <summary>What Landfall's own process reads and writes, value for value.</summary>
public sealed class DuckDbLocalEngineTests : IDisposable
{
    private static readonly TableSchema Schema = StorageSession.SchemaOf(
        ("text", "string"), ("flag", "boolean"), ("small", "int"), ("large", "bigint"), ("real", "double"),
        ("price", "decimal(18,6)"), ("day", "date"), ("at", "timestamp"));

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbLocalEngine _engine = new();

    private string Table => Path.Combine(_folder.Path, "it's a table");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Read_WhatWasWritten_IsTheSameValues()
    {
        object?[][] rows =
        [
            ["", true, 0, 0L, 0.0, 0m, new DateOnly(1970, 1, 1), DateTimeOffset.UnixEpoch],
            [
                "it's \"ü\"\n\0€😀", false, int.MinValue, long.MaxValue, double.Epsilon, -123456789012.000001m,
                new DateOnly(1, 1, 1), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(1),
            ],
            [null, null, null, null, null, null, null, null],
        ];

        Snapshot snapshot = await CommitAsync(rows);

        using IRows read = Read(snapshot, [.. Schema.Fields.Select(f => f.Name)]);
        Assert.Equal(Schema.Fields.Select(f => f.Name), read.Columns.Select(c => c.Name));
        Assert.Equal(rows, read.Rows().ToArray());
    }

    [Fact]
    public async Task Read_SomeColumnsOfSomeRows_InTheOrderAsked()
    {
        Snapshot snapshot = await CommitAsync([Row("a", 1), Row("it's", 2), Row(null, 3), Row("c", 4)]);

        using IRows read = _engine.Read(
            new(PinnedTable.Of(new("z", "u", "t"), Table, snapshot), ["small", "text"])
            {
                Where = "text", Values = ["it's", "c", "never"],
            },
            default);

        Assert.Equal([[2, "it's"], [4, "c"]], read.Rows().OrderBy(r => (int)r[0]!).ToArray());
    }

    [Fact]
    public void Write_NoRows_MakesNoFile() => Assert.Empty(_engine.Write(Table, Schema, [], "s1", default));

    [Fact]
    public async Task Write_MoreRowsThanAVectorHolds_KeepsAll()
    {
        int count = (2 * DuckDbAppender.Capacity) + 1;

        Snapshot snapshot = await CommitAsync([.. Enumerable.Range(0, count).Select(i => Row($"row {i}", i))]);

        using IRows read = Read(snapshot, ["small", "text"]);
        Assert.Equal(
            Enumerable.Range(0, count).Select(i => $"{i} row {i}"),
            read.Rows().OrderBy(r => (int)r[0]!).Select(r => $"{r[0]} {r[1]}"));
    }

    [Fact]
    public void Write_ValueOfAnotherType_IsRefusedAndNamesTheColumn()
    {
        object?[] row = Row("a", 1);
        row[3] = 5;

        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => _engine.Write(Table, Schema, [row], "s1", default));

        Assert.Contains("large", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select * from read_csv('/etc/hostname')")]
    [InlineData("select * from read_parquet('{0}')")]
    [InlineData("attach '/tmp/other.db' as other")]
    public async Task Query_OutsideItsTables_ReachesNothing(string sql)
    {
        await CommitAsync([Row("a", 1)]);
        string file = Directory.GetFiles(Table, "*.parquet", SearchOption.AllDirectories)[0];

        Assert.Throws<DuckDbException>(() => _engine.Query(
            sql.Replace("{0}", file.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal), [],
            Path.Combine(_folder.Path, "scratch"), default).Rows().ToArray());
    }

    private static object?[] Row(string? text, int number) => [text, null, number, null, null, null, null, null];

    private IRows Read(Snapshot snapshot, string[] columns) => _engine.Read(
        new(PinnedTable.Of(new TableName("z", "u", "t"), Table, snapshot), [.. columns]), default);

    private async Task<Snapshot> CommitAsync(object?[][] rows)
    {
        IReadOnlyList<DataFile> files = _engine.Write(Table, Schema, rows, "s1", default);
        DeltaTable delta = new(new PosixLogStore(Table), _engine.ParquetOf(Table), TimeProvider.System);
        Transaction transaction = delta.Begin(null, "WRITE");
        transaction.SetSchema(Schema, []);
        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(DateTimeOffset.UnixEpoch));
        }

        return Assert.IsType<Committed>(await transaction.CommitAsync(default)).Snapshot;
    }
}
