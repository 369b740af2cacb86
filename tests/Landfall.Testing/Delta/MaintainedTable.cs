using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;

namespace Landfall.Testing.Delta;

/// <summary>A table with real files and what maintains it, for one test.</summary>
public sealed class MaintainedTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbConnection _connection;
    private readonly DuckDbLocalEngine _engine = new();

    public MaintainedTable()
    {
        Folder = Path.Combine(_folder.Path, "it's a table");
        _connection = Database.Connect();
        _connection.Execute("set TimeZone = 'UTC'");
        Faults = new(new PosixLogStore(Folder));
        Ids = new(Clock, Random.Shared);
    }

    public static CancellationToken None => CancellationToken.None;

    public static TableSchema Schema { get; } = StorageSession.SchemaOf(
        ("id", "bigint"), ("month", "date"), ("name", "string"), ("price", "decimal(10,2)"), ("at", "timestamp"));

    /// <summary>The table's folder, as the file system has it.</summary>
    public string Folder { get; }

    public DuckDbDatabase Database { get; } = DuckDbDatabase.Open();

    public MovableClock Clock { get; } = new();

    public IdSource Ids { get; }

    /// <summary>The log as the maintenance under test sees it.</summary>
    public FaultingLogStore Faults { get; }

    /// <summary>The table as another writer sees it.</summary>
    public DeltaTable Delta => Open(new PosixLogStore(Folder));

    public TableOptimizer Optimizer => new(Folder, Open(Faults), _engine, Ids, Clock);

    public TableVacuum Vacuum => new(Folder, Open(Faults), Clock);

    public TableRestorer Restorer => new(Folder, Open(Faults), Clock);

    public DeltaTable Open(ILogStore log) => new(log, new DuckDbParquetIo(Database, Folder), Clock);

    /// <summary>Appends rows of one month, a null month for NULL, as one file.</summary>
    public async Task<Snapshot> AppendAsync(int from, int rows, string? month)
    {
        Snapshot? before = await Delta.TryLoadAsync(null, None);
        Transaction transaction = Delta.Begin(before, "WRITE");
        if (before is null)
        {
            transaction.SetSchema(Schema, ["month"]);
        }

        foreach (DataFile file in Write(from, rows, month))
        {
            transaction.Add(file.ToAddFile(Clock.GetUtcNow()));
        }

        return await CommitAsync(transaction);
    }

    public IReadOnlyList<DataFile> Write(int from, int rows, string? month) => DataFileWriter.Write(
        _connection,
        $"""
        select i + {from} as id, {(month is null ? "null" : $"date '{month}'")} as month,
          case when i % 7 = 3 then null else 'ü "' || (i + {from}) || '''' end as name,
          (i + {from}) * 1.25 - 9 as price,
          timestamptz '2026-01-01 00:00:00.000001+00' + to_seconds(i + {from}) as at from range({rows}) t(i)
        """,
        Schema, Folder, Ids.Next("s"), None, "month");

    public static async Task<Snapshot> CommitAsync(Transaction transaction) =>
        ((Committed)await transaction.CommitAsync(None)).Snapshot;

    /// <summary>Every row of a version as text, sorted.</summary>
    public async Task<string[]> RowsAsync(long? version = null) =>
        RowsOf((await Delta.TryLoadAsync(version, None))!);

    public string[] RowsOf(Snapshot snapshot) => Query(
        "select id, month::varchar, name, price::varchar, epoch_us(\"at\") from "
        + $"({DeltaScan.Sql(Folder, Schema, snapshot.Files)}) order by all");

    public string[] Query(string sql)
    {
        using DuckDbResult result = _connection.Query(sql);
        return [.. result.Rows().Select(r => string.Join('|', r.Select(v => v?.ToString() ?? "NULL")))];
    }

    /// <summary>Data files on disk, relative, sorted; the log is left out.</summary>
    public string[] FilesOnDisk() =>
    [
        .. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f))
            .Where(f => !f.StartsWith("_delta_log", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Puts a file into the table's folder that is some days old.</summary>
    public string Put(string path, double daysOld)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "content");
        Age(path, daysOld);
        return path;
    }

    public void Age(string path, double daysOld) => File.SetLastWriteTimeUtc(
        Path.Combine(Folder, path), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-daysOld));

    public void Dispose()
    {
        _connection.Dispose();
        _engine.Dispose();
        Database.Dispose();
        _folder.Dispose();
    }
}
