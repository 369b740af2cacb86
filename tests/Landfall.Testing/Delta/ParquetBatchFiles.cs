using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;

namespace Landfall.Testing.Delta;

/// <summary>The Parquet files of a table in a folder, read by DuckDB.</summary>
internal sealed class ParquetBatchFiles(string tableFolder, DuckDbDatabase database) : IBatchFiles
{
    public string? Problem(AddFile file)
    {
        string path = Path.Combine(tableFolder, file.Path);
        if (!File.Exists(path) || new FileInfo(path).Length != file.Size)
        {
            return "is missing or has another size";
        }

        using DuckDbConnection connection = database.Connect();
        long rows = connection.Scalar<long>($"select num_rows::bigint from parquet_file_metadata('{path}')");
        return rows == file.Statistics!.NumRecords ? null : $"has {rows} rows, its statistics say otherwise";
    }

    public IReadOnlyList<BatchRows> Batches(Snapshot snapshot)
    {
        using DuckDbConnection connection = database.Connect();
        string scan = DeltaScan.Sql(tableFolder, IngestRows.Schema, snapshot.Files);
        using DuckDbResult result = connection.Query(
            "select batch_id, count(*)::bigint, count(distinct row_no)::bigint, "
            + $"count(*) filter (where payload_hash is distinct from {IngestRows.Payload})::bigint, "
            + $"coalesce(min(row_no), 0), coalesce(max(row_no), 0) from ({scan}) group by all order by 1");
        return
        [
            .. result.Rows()
                .Select(r => r.Select(v => Convert.ToInt64(v, CultureInfo.InvariantCulture)).ToArray())
                .Select(r => new BatchRows(r[0], r[1], r[2], r[3], r[4], r[5])),
        ];
    }

    public string AppOf(long batch) => IngestRows.AppId;
}
