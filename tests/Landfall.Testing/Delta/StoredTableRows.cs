using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;

namespace Landfall.Testing.Delta;

/// <summary>Reads the rows of a Delta table with an engine instance of its own.</summary>
public static class StoredTableRows
{
    /// <summary>The newest version of a table; null where there is none.</summary>
    public static async Task<Snapshot?> SnapshotAsync(string tableFolder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string>());
        return await Open(database, tableFolder).TryLoadAsync(null, CancellationToken.None);
    }

    /// <summary>The rows of the newest version, ordered by all columns; none where there is no table.</summary>
    public static async Task<IReadOnlyList<object?[]>> ReadAsync(string tableFolder)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string>());
        if (await Open(database, tableFolder).TryLoadAsync(null, CancellationToken.None) is not { } snapshot)
        {
            return [];
        }

        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        return connection.Collect(
            $"select * from ({DeltaScan.Sql(tableFolder, snapshot.Metadata.Schema, snapshot.Files)}) order by all");
    }

    private static DeltaTable Open(DuckDbDatabase database, string tableFolder) =>
        new(new PosixLogStore(tableFolder), new DuckDbParquetIo(database, tableFolder), TimeProvider.System);
}
