using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;

namespace Landfall.Bench;

/// <summary>Compares rows of tables and of Parquet files, as multisets; without columns that begin with _.</summary>
/// <param name="most">Rows beyond which hashes are compared, which need no memory.</param>
internal sealed class LakeRows(long most = 2_000_000) : IDisposable
{
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open(
        null, new Dictionary<string, string> { ["threads"] = "2" });

    /// <summary>The rows of a Delta table's newest version, as a query.</summary>
    public async Task<string> ScanAsync(string folder)
    {
        Snapshot snapshot = await new DeltaTable(
            new PosixLogStore(folder), new DuckDbParquetIo(_database, folder), TimeProvider.System)
            .LoadAsync(CancellationToken.None);
        TableSchema schema = snapshot.Metadata.Schema;
        string columns = string.Join(
            ", ", schema.Fields.Select(f => f.Name).Where(n => !n.StartsWith('_')).Select(n => $"\"{n}\""));
        return $"select {columns} from ({DeltaScan.Sql(folder, schema, snapshot.Files)})";
    }

    /// <summary>Keeps the rows of a query in a Parquet file, whatever becomes of the table.</summary>
    public void Keep(string query, string file)
    {
        using DuckDbConnection connection = _database.Connect();
        connection.Execute($"copy ({query}) to '{file}' (format parquet)");
    }

    public long Count(string rows) => Number($"select count(*) from ({Query(rows)})");

    /// <summary>
    /// Whether the other has the rows of the one, and not too many more; each a query or a Parquet file. Of very many
    /// rows only the number is compared where there are more.
    /// </summary>
    public bool Agree(string one, string other, long more = 0)
    {
        long count = Count(one);
        long extra = Count(other) - count;
        return extra >= 0 && extra <= more && (count <= most
            ? Missing(one, other) == 0
            : extra > 0 || Hash(one) == Hash(other));
    }

    public void Dispose() => _database.Dispose();

    private static string Query(string rows) => rows.StartsWith('/') ? $"select * from read_parquet('{rows}')" : rows;

    private long Missing(string one, string other) =>
        Number($"select count(*) from (select * from ({Query(one)}) except all select * from ({Query(other)}))");

    private string? Hash(string rows) => Scalar<string>(
        $"select cast(sum(cast(hash(cast(t as varchar)) as hugeint)) as varchar) from ({Query(rows)}) as t");

    private long Number(string sql) => Scalar<long>(sql);

    private T? Scalar<T>(string sql)
    {
        using DuckDbConnection connection = _database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        return connection.Scalar<T>(sql);
    }
}
