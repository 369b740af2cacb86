using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Estate.Types;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// Builds a table whole into the worker's scratch folder, the way a build writes it, and compares it with the table as
/// a multiset of rows. Writes nothing else.
/// </summary>
internal static class TableComparer
{
    /// <summary>Compares a table with its rebuild.</summary>
    public static CompareResult Compare(
        CompareRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = context.OpenDuckDb(
            [
                .. request.Inputs.Select(i => i.Folder), request.Stored.Folder,
                .. request.Rebuilt is { } given ? [given.Folder] : Array.Empty<string>(),
            ],
            [context.ScratchFolder],
            keepOrder: false);
        Relations.Attach(connection, [.. request.Inputs.Select(i => (i.Name, PinnedScan.Sql(i)))]);
        TableSchema schema = TableSchema.Parse(request.Stored.Schema);
        string? query = request.WidenedQuery ?? request.Query;
        string rebuild = request.Rebuilt is { } rebuiltTable
            ? PinnedScan.Sql(rebuiltTable)
            : SqlCompiler.Compile(query!, schema.Fields.Select(f => (f.Name, f.Type)));
        string guarded = BuiltRows.Guarded(rebuild, schema, request.Column);
        IReadOnlyList<DataFile> files = BuiltRows.Named(
            connection, query ?? "", schema, request.Column,
            () => DataFileWriter.Write(
                connection, guarded, schema, context.ScratchFolder, "rebuild", cancellationToken, request.Column),
            cancellationToken);
        string rebuilt = PinnedScan.Sql(context.ScratchFolder, schema, files);
        return new(
            files.Sum(f => f.Rows),
            Compare(
                connection, schema, rebuilt, PinnedScan.Sql(request.Stored), request.Column, cancellationToken));
    }

    private static ImmutableArray<CompareDifference> Compare(
        DuckDbConnection connection, TableSchema schema, string rebuilt, string stored, string? column,
        CancellationToken cancellationToken)
    {
        string columns = string.Join(", ", schema.Fields.Select(Comparable));
        string value = column is null ? "cast(null as varchar)" : $"cast({SqlName.DuckDb(column)} as varchar)";
        using DuckDbResult result = connection.Query(
            $"with rebuilt as (select {columns} from ({rebuilt})), stored as (select {columns} from ({stored})) "
            + "select v, cast(sum(missing) as bigint), cast(sum(extra) as bigint) from ("
            + $"select {value} as v, 1 as missing, 0 as extra from "
            + "(select * from rebuilt except all select * from stored) union all "
            + $"select {value}, 0, 1 from (select * from stored except all select * from rebuilt)) "
            + "group by v order by v",
            cancellationToken);
        return [.. result.Rows().Select(r => new CompareDifference((string?)r[0], (long)r[1]!, (long)r[2]!))];
    }

    /// <summary>
    /// The last bits of a sum of doubles depend on the order in which threads add, so that doubles count as equal where
    /// twelve digits are; everything else is exact.
    /// </summary>
    private static string Comparable(SchemaField field)
    {
        string name = SqlName.DuckDb(field.Name);
        return field.Type.Kind != TypeKind.Double
            ? name
            : $"case when {name} is null or {name} = 0 or not isfinite({name}) then {name} "
              + $"else round({name}, 11 - cast(floor(log10(abs({name}))) as integer)) end as {name}";
    }
}
