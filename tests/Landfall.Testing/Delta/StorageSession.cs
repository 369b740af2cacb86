using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Estate.Types;

namespace Landfall.Testing.Delta;

/// <summary>A table folder and a DuckDB instance for one test.</summary>
public sealed class StorageSession : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StorageSession(string name = "it's a table")
    {
        Table = Path.Combine(_folder.Path, name);
        Connection = Database.Connect();
        Connection.Execute("set TimeZone = 'UTC'");
    }

    public static CancellationToken None => CancellationToken.None;

    public string Table { get; }

    public string Folder => _folder.Path;

    public string Log => Path.Combine(Table, "_delta_log");

    public DuckDbDatabase Database { get; } = DuckDbDatabase.Open();

    public DuckDbConnection Connection { get; }

    public DeltaTable Delta => Open(new PosixLogStore(Table));

    public DeltaTable Open(ILogStore log) => new(log, new DuckDbParquetIo(Database, Table), TimeProvider.System);

    /// <summary>
    /// A schema of columns as contracts write them: <c>name type, …</c>, one a line or separated by <c>;</c>.
    /// </summary>
    public static TableSchema SchemaOf(params (string Name, string Type)[] columns) => new(
        [.. columns.Select(c => new SchemaField(c.Name, DataType.TryParse(c.Type, out DataType type)
            ? type
            : throw new ArgumentException(c.Type, nameof(columns))))]);

    public IReadOnlyList<DataFile> Write(
        string select, TableSchema schema, string? partition = null, string step = "s1") =>
        DataFileWriter.Write(Connection, select, schema, Table, step, None, partition);

    /// <summary>Commits files as the whole content of the table.</summary>
    public async Task<Snapshot> CommitAsync(IReadOnlyList<DataFile> files, TableSchema schema, string? partition = null)
    {
        Snapshot? before = await Delta.TryLoadAsync(null, None);
        Transaction transaction = Delta.Begin(before, "WRITE");
        if (before is null)
        {
            transaction.SetSchema(schema, partition is null ? [] : [partition]);
        }

        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(DateTimeOffset.UnixEpoch));
        }

        return ((Committed)await transaction.CommitAsync(None)).Snapshot;
    }

    /// <summary>Rows of a query as text, a row a line, columns between bars.</summary>
    public string[] Rows(string sql)
    {
        using DuckDbResult result = Connection.Query(sql);
        return [.. result.Rows().Select(r => string.Join('|', r.Select(v => v switch
        {
            null => "NULL",
            DateTimeOffset at => at.ToString("O"),
            _ => v.ToString(),
        })))];
    }

    public void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
        _folder.Dispose();
    }
}
