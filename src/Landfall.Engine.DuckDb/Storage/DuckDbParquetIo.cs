using System.Buffers;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Checkpoints of a table through DuckDB. Safe for concurrent use; a connection a call.</summary>
public sealed class DuckDbParquetIo : IParquetIo
{
    /// <summary>
    /// The schema of a classic checkpoint, in the order and with the exact types of Spark's: readers refuse a file
    /// whose integers have another width.
    /// </summary>
    private const string Columns = """
        {
          'txn': 'STRUCT(appId VARCHAR, "version" BIGINT, lastUpdated BIGINT)',
          'add': 'STRUCT(path VARCHAR, partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, modificationTime BIGINT,
            dataChange BOOLEAN, tags MAP(VARCHAR, VARCHAR), deletionVector STRUCT(storageType VARCHAR,
            pathOrInlineDv VARCHAR, "offset" INTEGER, sizeInBytes INTEGER, cardinality BIGINT), baseRowId BIGINT,
            defaultRowCommitVersion BIGINT, stats VARCHAR)',
          'remove': 'STRUCT(path VARCHAR, deletionTimestamp BIGINT, dataChange BOOLEAN, extendedFileMetadata BOOLEAN,
            partitionValues MAP(VARCHAR, VARCHAR), size BIGINT, deletionVector STRUCT(storageType VARCHAR,
            pathOrInlineDv VARCHAR, "offset" INTEGER, sizeInBytes INTEGER, cardinality BIGINT), baseRowId BIGINT,
            defaultRowCommitVersion BIGINT)',
          'metaData': 'STRUCT(id VARCHAR, "name" VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR,
            "options" MAP(VARCHAR, VARCHAR)), schemaString VARCHAR, partitionColumns VARCHAR[],
            configuration MAP(VARCHAR, VARCHAR), createdTime BIGINT)',
          'protocol': 'STRUCT(minReaderVersion INTEGER, minWriterVersion INTEGER, readerFeatures VARCHAR[],
            writerFeatures VARCHAR[])'
        }
        """;

    private readonly DuckDbDatabase _database;
    private readonly string _folder;
    private readonly IStorageCalls _calls;

    /// <summary>Checkpoints of the table in a folder.</summary>
    /// <param name="database">An instance that may read and write the folder.</param>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="calls">Calls to make; those of the operating system by default.</param>
    public DuckDbParquetIo(DuckDbDatabase database, string tableFolder, IStorageCalls? calls = null)
    {
        _calls = calls ?? PosixStorageCalls.Instance;
        _database = database;
        _folder = Path.Combine(tableFolder, "_delta_log");
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> ReadCheckpointAsync(string name, CancellationToken cancellationToken)
    {
        if (ParquetChecksum.Verify(Path.Combine(_folder, name)) == false)
        {
            throw new CorruptTableException(
                "_delta_log/" + name, "its bytes are not those that were written: they do not match their hash");
        }

        using DuckDbConnection connection = _database.Connect();
        string scan = $"read_parquet({Literal(name)}, hive_partitioning = false)";
        string columns;
        using (DuckDbResult shape = connection.Query($"select * from {scan} limit 0", cancellationToken))
        {
            columns = string.Join(", ", shape.Columns.Select(WithoutParsed));
        }

        using DuckDbResult rows = connection.Query(
            $"select to_json(action)::varchar from (select {columns} from {scan}) action", cancellationToken);
        var lines = new ArrayBufferWriter<byte>();
        while (rows.NextChunk(out DataChunk chunk))
        {
            VectorView column = chunk[0];
            for (int row = 0; row < chunk.RowCount; row++)
            {
                lines.Write(column.Bytes(row));
                lines.Write("\n"u8);
            }
        }

        return Task.FromResult(lines.WrittenMemory);
    }

    /// <inheritdoc/>
    public Task<long> WriteCheckpointAsync(
        string name, ReadOnlyMemory<byte> actions, CancellationToken cancellationToken)
    {
        string source = TemporaryName.Of(name + ".json");
        string target = TemporaryName.Of(name);
        try
        {
            _calls.Write(Path.Combine(_folder, source), actions).Dispose();
            using (DuckDbConnection connection = _database.Connect())
            {
                _ = DiskFull.Named(() => connection.Execute(
                    $"copy (select * from read_json({Literal(source)}, format = 'newline_delimited', columns = "
                    + $"{Columns})) "
                    + $"to {Literal(target)} (format parquet, compression snappy, {ParquetChecksum.Room})",
                    cancellationToken));
            }

            string written = Path.Combine(_folder, target);
            ParquetChecksum.Write(written);
            long bytes = new FileInfo(written).Length;
            DurableFiles.Publish(_calls, written, Path.Combine(_folder, name));
            return Task.FromResult(bytes);
        }
        finally
        {
            DurableFiles.Forget(_calls, Path.Combine(_folder, source));
            DurableFiles.Forget(_calls, Path.Combine(_folder, target));
        }
    }

    /// <inheritdoc/>
    public Task<ParquetFooter> ReadFooterAsync(
        string path, TableSchema columns, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = _database.Connect();
        return Task.FromResult(FooterQuery.Run(connection, Resolve(path), columns, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ParquetSchema> ReadSchemaAsync(string path, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = _database.Connect();
        return Task.FromResult(FooterQuery.Schema(connection, Resolve(path), cancellationToken));
    }

    private string Resolve(string path) => Path.Combine(Path.GetDirectoryName(_folder)!, path);

    /// <summary>
    /// A column without the copies of statistics and partition values that other writers add in the table's types:
    /// nothing reads them, and a NaN or an infinity in them is no JSON.
    /// </summary>
    private static string WithoutParsed(DuckDbColumn column)
    {
        string name = SqlName.DuckDb(column.Name);
        DuckDbColumn[] kept =
            [.. column.Type.Fields.Where(f => !f.Name.EndsWith("_parsed", StringComparison.Ordinal))];
        if (kept.Length == column.Type.Fields.Length)
        {
            return name;
        }

        IEnumerable<string> fields = kept.Select(f => SqlName.DuckDb(f.Name))
            .Select(f => $"{f} := {name}.{f}");
        return $"case when {name} is null then null else struct_pack({string.Join(", ", fields)}) end as {name}";
    }

    private string Literal(string name) => SqlText.Literal(Path.Combine(_folder, name));
}
