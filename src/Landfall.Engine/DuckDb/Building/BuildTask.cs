using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Quality;
using Landfall.Estate;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// Computes a product's table in a worker: attaches its inputs under their SQL names, finds the affected values,
/// writes the data files and checks the contract's rules. It commits nothing.
/// </summary>
public sealed class BuildTask : IWorkerTask
{
    /// <summary>Kind of this task.</summary>
    public const string TaskKind = "build";

    /// <inheritdoc/>
    public string Kind => TaskKind;

    /// <inheritdoc/>
    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        BuildPayload build = payload.Deserialize(EngineJson.Default.BuildPayload)!;
        // DuckDB asks for the folder above its output too; the kernel lets the worker write the step's folder only.
        using DuckDbConnection connection =
            context.OpenDuckDb(build.ReadFolders, [build.TableFolder], keepOrder: false);
        ImmutableArray<string> values = build.Incremental
            ? AffectedValues.Find(
                connection, build.ColumnType!,
                build.Inputs.Where(i => i.Changes is not null).Select(i => (i.Expression!, i.Changes!)),
                    cancellationToken)
            : [];
        Relations.Attach(
            connection,
                [.. build.Inputs.Select(i => (new TableName(i.Zone, i.Unit, i.Table), Filtered(build, i, values)))]);

        string where = build.Incremental
            ? $" where {SqlName.DuckDb(build.Column!)} {AffectedValues.Condition(build.ColumnType!, values)}" : "";
        string select = $"select * from ({build.Sql}){where}";
        IReadOnlyList<DataFile> files = DataFileWriter.Write(
            connection, select, TableSchema.Parse(build.Schema), build.TableFolder, build.StepId, cancellationToken,
            build.Column);
        BuildResult result = new()
        {
            Files = [.. files],
            Rows = files.Sum(f => f.Rows),
            Values = values,
            Quality = Check(connection, build, files, values, cancellationToken),
            NullColumns = [.. build.Required.Where(c => files.Any(f => f.NullCount(c) > 0))],
        };
        return Task.FromResult(JsonSerializer.SerializeToNode(result, EngineJson.Default.BuildResult)!);
    }

    /// <summary>
    /// A row of an incremental input influences only the values its expression gives, so that rows of other values
    /// need not be read.
    /// </summary>
    private static string Filtered(BuildPayload build, BuildInput input, ImmutableArray<string> values) =>
        build.Incremental && input.Expression is { } expression
            ? $"select * from ({input.Select}) "
                + $"where ({expression}) {AffectedValues.Condition(build.ColumnType!, values)}"
                + MonthRange.Condition(input.MonthColumn, values)
            : input.Select;

    /// <summary>Rules hold for the table as it would be after the commit: what stays and what is new.</summary>
    private static ImmutableArray<QualityResult> Check(
        DuckDbConnection connection, BuildPayload build, IReadOnlyList<DataFile> files, ImmutableArray<string> values,
        CancellationToken cancellationToken)
    {
        if (build.Quality.Length == 0)
        {
            return [];
        }

        string fresh = DeltaScan.Sql(
            build.TableFolder, TableSchema.Parse(build.Schema), [.. files.Select(f => f.ToAddFile(default))]);
        string whole = build.Existing is null
            ? fresh
            : $"{fresh} union all select * from ({build.Existing}) where ({SqlName.DuckDb(build.Column!)} "
                + $"{AffectedValues.Condition(build.ColumnType!, values)}) is not true";
        connection.Execute($"create view landfall_result as {whole}", cancellationToken);
        return [.. QualityChecker.Check(connection, "landfall_result", build.Quality, cancellationToken)];
    }
}
