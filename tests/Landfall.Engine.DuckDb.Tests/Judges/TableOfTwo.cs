using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>
/// A table that we and another implementation write to in turn, and beside it, in a table of DuckDB, the rows that it
/// must hold. Values are moderate: delta-rs takes bounds of decimals through doubles, and Spark names folders after
/// texts.
/// </summary>
internal sealed class TableOfTwo : IDisposable
{
    private const int RowsPerAppend = 20;

    private static readonly TableSchema Schema = StorageSession.SchemaOf(
        ("id", "bigint"), ("n", "int"), ("flag", "boolean"), ("ratio", "double"), ("amount", "decimal(18,4)"),
        ("label", "string"), ("dated", "date"), ("moment", "timestamp"), ("code", "string"));

    private readonly StorageSession _session = new("table");
    private readonly string? _partition;
    private int _step;

    /// <summary>Nothing is written yet.</summary>
    /// <param name="partition">The partition column, <c>dated</c> or <c>code</c>; null for none.</param>
    public TableOfTwo(string? partition)
    {
        _partition = partition;
        string columns = string.Join(", ", Schema.Fields.Select(f => $"{f.Name} {DuckDbTypes.Name(f.Type)}"));
        _session.Connection.Execute($"create temp table known ({columns})");
    }

    /// <summary>The columns in order.</summary>
    public static IReadOnlyList<JudgedColumn> Columns { get; } =
        [.. Schema.Fields.Select(f => new JudgedColumn(f.Name, f.Type))];

    /// <summary>Its folder.</summary>
    public string Path => _session.Table;

    /// <summary>The rows that it must hold.</summary>
    public string[] Known => JudgedRows.OfQuery(_session, "select * from known", Columns);

    /// <summary>Data files in its folder, whether live or not.</summary>
    public int FilesOnDisk => Directory.GetFiles(Path, "*.parquet", SearchOption.AllDirectories)
        .Count(f => !f.StartsWith(_session.Log, StringComparison.Ordinal));

    public void Dispose() => _session.Dispose();

    /// <summary>The newest version.</summary>
    public Task<Snapshot> LoadAsync() => _session.Delta.LoadAsync(default);

    /// <summary>Rows as we read them.</summary>
    public string[] Rows(Snapshot snapshot) =>
        JudgedRows.OfQuery(_session, DeltaScan.Sql(Path, Schema, snapshot.Files), Columns);

    /// <summary>
    /// The newest version out of its checkpoint alone, which must be there: in a copy of the log without any entries.
    /// </summary>
    public async Task<Snapshot> LoadFromCheckpointAsync()
    {
        Snapshot newest = await LoadAsync();
        string copy = System.IO.Path.Combine(_session.Folder, $"copy {newest.Version}");
        string log = Directory.CreateDirectory(System.IO.Path.Combine(copy, "_delta_log")).FullName;
        foreach (string file in Directory.GetFiles(_session.Log)
            .Where(f => !f.EndsWith(".json", StringComparison.Ordinal)))
        {
            File.Copy(file, System.IO.Path.Combine(log, System.IO.Path.GetFileName(file)));
        }

        DeltaTable table = new(
            new PosixLogStore(copy), new DuckDbParquetIo(_session.Database, copy), TimeProvider.System);
        Snapshot checkpointed = await table.LoadAsync(default);
        Assert.Equal(newest.Version, checkpointed.Version);
        return checkpointed;
    }

    /// <summary>Notes what a statement does, in which the table is called <c>known</c>.</summary>
    public void Note(string sql) => _session.Connection.Execute(sql);

    /// <summary>Appends rows; the first time it makes the table.</summary>
    public async Task AppendAsync()
    {
        bool first = _step == 0;
        Transaction transaction = _session.Delta.Begin(first ? null : await LoadAsync(), "WRITE");
        if (first)
        {
            transaction.SetSchema(Schema, _partition is null ? [] : [_partition]);

            // Every checkpoint is then the other's.
            transaction.SetProperty("delta.checkpointInterval", "1000");
        }

        await WriteAsync(transaction, Fresh());
    }

    /// <summary>Overwrites a partition with other rows, or the table with most of its own where it has none.</summary>
    public async Task OverwriteAsync()
    {
        Transaction transaction = _session.Delta.Begin(await LoadAsync(), "WRITE");
        (Predicate Ours, string Sql, string Value) part = PartToOverwrite();
        if (_partition is null)
        {
            transaction.RemoveAll();
            Note("create or replace temp table kept as select * from known where id % 5 <> 0");
            Note("truncate known");
            await WriteAsync(transaction, "select * from kept");
        }
        else
        {
            transaction.RemovePartitions(part.Ours);
            Note($"delete from known where {part.Sql}");
            await WriteAsync(transaction, $"select * replace ({part.Value} as {_partition}) from ({Fresh()})");
        }
    }

    private (Predicate Ours, string Sql, string Value) PartToOverwrite() => (_partition, _step % 3) switch
    {
        (null, _) => (Predicate.All(), "true", "null"),
        (_, 0) => (Predicate.Column(_partition, Comparison.IsNull), $"{_partition} is null", "null"),
        ("dated", _) => (
            Predicate.Column(_partition, Comparison.Equal, new DateOnly(2026, 2, 28)), "dated = '2026-02-28'",
            "date '2026-02-28'"),
        _ => (Predicate.Column(_partition, Comparison.Equal, "north"), "code = 'north'", "'north'"),
    };

    private async Task WriteAsync(Transaction transaction, string select)
    {
        Note($"create or replace temp table fresh as {select}");

        // Plain folders, as ours are. Spark's VACUUM deletes live files in a folder with letters beyond ASCII, since it
        // compares names as text with those of the log, where they are encoded; and delta-rs, when it merges, does not
        // find files in folders with a percent sign.
        foreach (DataFile file in _session.Write("select * from fresh", Schema, _partition, $"step-{_step++}"))
        {
            transaction.Add(file.ToAddFile(DateTimeOffset.UtcNow));
        }

        Note("insert into known select * from fresh");
        Assert.IsType<Committed>(await transaction.CommitAsync(default));
    }

    /// <summary>Rows with the next ids; every column but id has NULLs.</summary>
    private string Fresh() =>
        $"""
        select i as id,
          case when i % 7 <> 1 then cast(i * 3 - 50 as int) end as n,
          case when i % 7 <> 2 then i % 2 = 0 end as flag,
          case when i % 7 <> 3 then i * 0.1::double - 2.5 end as ratio,
          case when i % 7 <> 4 then cast(i * 12345.6789 - 500000 as decimal(18,4)) end as amount,
          case when i % 7 <> 5 then ['', ' ', 'it''s "ü" 😀', 'a/b=c%20', repeat('long ', 12)][i % 5 + 1] || i end
            as label,
          case when i % 7 <> 6 then [date '2026-02-28', date '1969-12-31', date '2024-02-29'][i % 3 + 1] end as dated,
          case when i % 6 <> 1 then make_timestamptz(1798761599999999 - i * 86399999999) end as moment,
          case when i % 6 <> 2 then ['north', 'south', 'east', 'far west'][i % 4 + 1] end as code
        from range({_step * RowsPerAppend}, {(_step + 1) * RowsPerAppend}) r(i)
        """;
}
