using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Verification;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// Builds a table whole into the worker's scratch folder, the way a build writes it, and compares it with the table as
/// a multiset of rows. Writes nothing else.
/// </summary>
public sealed class VerifyTask : IWorkerTask
{
    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "verify";

    /// <inheritdoc/>
    public string Kind => TaskKind;

    /// <inheritdoc/>
    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        VerifyPayload verify = payload.Deserialize(EngineJson.Default.VerifyPayload)!;
        using DuckDbConnection connection =
            context.OpenDuckDb(verify.ReadFolders, [context.ScratchFolder], keepOrder: false);
        Relations.Attach(
            connection, [.. verify.Inputs.Select(i => (new TableName(i.Zone, i.Unit, i.Table), i.Select))]);

        TableSchema schema = TableSchema.Parse(verify.Schema);
        IReadOnlyList<DataFile> files = DataFileWriter.Write(
            connection, verify.Rebuild, schema, context.ScratchFolder, "rebuild", cancellationToken, verify.Column);
        string rebuilt = DeltaScan.Sql(context.ScratchFolder, schema, [.. files.Select(f => f.ToAddFile(default))]);
        VerifyResult result = new(
            files.Sum(f => f.Rows),
            Compare(connection, schema, rebuilt, verify.Stored, verify.Column, cancellationToken));
        return Task.FromResult(JsonSerializer.SerializeToNode(result, EngineJson.Default.VerifyResult)!);
    }

    private static ImmutableArray<VerifyDifference> Compare(
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
        return [.. result.Rows().Select(r => new VerifyDifference((string?)r[0], (long)r[1]!, (long)r[2]!))];
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
