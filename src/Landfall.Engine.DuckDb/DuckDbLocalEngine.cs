using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Maintenance;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Reading;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb;

/// <summary>
/// DuckDB inside Landfall's own process: one small database for logs and small tables, a larger one of its own for each
/// query and for joining files of some size. Connections are made for a call and closed after it.
/// </summary>
public sealed class DuckDbLocalEngine : ILocalEngine
{
    /// <summary>Files of less in all are joined by one thread in the small database.</summary>
    private const long SmallBytes = 32L << 20;

    private readonly Lazy<DuckDbDatabase> _database = new(() => Databases.Small());
    private readonly Lazy<DuckDbSqlFrontEnd> _sql = new(() => new());

    /// <inheritdoc/>
    public string Name => DuckDbBuildEngine.Word;

    /// <inheritdoc/>
    public ISqlFrontEnd Sql => _sql.Value;

    private DuckDbDatabase Database => _database.Value;

    /// <inheritdoc/>
    public IParquetIo ParquetOf(string tableFolder) => new DuckDbParquetIo(Database, tableFolder);

    /// <inheritdoc/>
    public IReadOnlyList<DataFile> Write(
        string tableFolder, TableSchema schema, IEnumerable<object?[]> rows, string stepId,
        CancellationToken cancellationToken)
    {
        const string Staged = "landfall_rows";
        using DuckDbConnection connection = Database.Connect();
        StagedTable.Fill(connection, Staged, schema, rows, cancellationToken);
        return DataFileWriter.Write(
            connection, $"select * from {Staged}", schema, tableFolder, stepId, cancellationToken);
    }

    /// <inheritdoc/>
    public IRows Read(ReadRequest request, CancellationToken cancellationToken)
    {
        string columns = string.Join(", ", request.Columns.Select(SqlName.DuckDb));
        string where = request.Where is { } column
            ? $" where {SqlName.DuckDb(column)} in ({string.Join(", ", request.Values.Select(SqlText.Literal))})"
            : "";
        return ResultRows.Of(
            Database, $"select {columns} from ({PinnedScan.Sql(request.Table)}){where}", cancellationToken);
    }

    /// <inheritdoc/>
    public IRows Query(
        string sql, IReadOnlyCollection<PinnedTable> tables, string temporaryFolder,
        CancellationToken cancellationToken)
    {
        DuckDbDatabase database = Databases.Large(temporaryFolder);
        try
        {
            using (DuckDbConnection connection = database.Connect())
            {
                IEnumerable<string> folders = tables.Select(t => SqlText.Literal(t.Folder + "/")).Distinct();
                connection.Execute($"set allowed_directories = [{string.Join(", ", folders)}]", cancellationToken);
                connection.Execute("set enable_external_access = false", cancellationToken);
                Relations.Attach(connection, [.. tables.Select(t => (t.Name, PinnedScan.Sql(t)))]);
                connection.Execute("set lock_configuration = true", cancellationToken);
            }

            return ResultRows.Of(database, sql, cancellationToken, owned: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DataFile> Join(
        string tableFolder, TableSchema schema, ImmutableArray<FileBin> bins, string stepId, IStorageCalls calls,
        CancellationToken cancellationToken)
    {
        bool large = bins.Sum(b => b.Bytes) >= SmallBytes;
        using DuckDbDatabase? own = large ? Databases.Large() : null;
        using DuckDbConnection connection = (own ?? Database).Connect();
        return
        [
            .. bins.Select(bin => DataFileWriter.WriteOne(
                connection, DeltaScan.Sql(tableFolder, schema, bin.Files), schema, tableFolder, stepId,
                bin.PartitionValues, calls, cancellationToken)),
        ];
    }

    /// <summary>Closes the parser and the small database.</summary>
    public void Dispose()
    {
        if (_sql.IsValueCreated)
        {
            _sql.Value.Dispose();
        }

        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }
}
