using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Estate.Types;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Exporting;

/// <summary>Export by DuckDB inside the worker's process, locked to the table's folder.</summary>
public sealed class DuckDbTableExport : ITableExport
{
    /// <inheritdoc/>
    public ExportedRows WritePostgresBinary(
        PinnedTable table, Stream target, WorkerContext context, long rowsBefore, CancellationToken cancellationToken)
    {
        TableSchema schema = TableSchema.Parse(table.Schema);
        using DuckDbConnection connection = context.OpenDuckDb([table.Folder], [], keepOrder: false);
        using DuckDbResult result = connection.Query(Select(table, schema), cancellationToken);
        PostgresCopyWriter writer = new(target, schema);
        while (result.NextChunk(out DataChunk chunk))
        {
            writer.Write(chunk);
            context.Report(rowsBefore + writer.Rows, writer.Bytes, 0);
        }

        writer.End();
        return new(writer.Rows, writer.Bytes);
    }

    /// <summary>Arrays and structs come as the text of their JSON.</summary>
    private static string Select(PinnedTable table, TableSchema schema)
    {
        ImmutableArray<string> columns =
        [
            .. schema.Fields.Select(f => f.Type.Kind is TypeKind.Array or TypeKind.Struct
                ? $"cast(to_json({SqlName.DuckDb(f.Name)}) as VARCHAR)"
                : SqlName.DuckDb(f.Name)),
        ];
        return $"select {string.Join(", ", columns)} from ({PinnedScan.Sql(table)})";
    }
}
