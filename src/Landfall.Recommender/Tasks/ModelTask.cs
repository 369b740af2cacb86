using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Posix;
using Landfall.Recommender.Data;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Registry;
using Landfall.Recommender.Temporal;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>
/// Trains, evaluates and registers the next version of a model: its file by its hash, its row in the registry, and,
/// where it meets the promotion criteria, the alias of the champion.
/// </summary>
public sealed class ModelTask() : ComputeTask("model-model")
{
    /// <inheritdoc/>
    protected override Task<BuildResult> RunAsync(
        ComputePayload request, WorkerContext context, CancellationToken cancellationToken)
    {
        ModelDefinition definition = ModelSettings.Of(request);
        using DuckDbConnection connection =
            context.OpenDuckDb(request.ReadFolders, [request.TableFolder], keepOrder: false);
        ModelRegistry registry = request.Existing is { } existing
            ? RegistryOf(connection, existing, cancellationToken)
            : ModelRegistry.Empty;
        string? warning = null;
        List<object?[]> rows = [];
        try
        {
            TrainedModel model = Make(connection, request, definition, registry, cancellationToken);
            Register(rows, model, registry, request, definition.Seed);
        }
        catch (TooLittleDataException tooLittle)
        {
            // Every estate begins without data: no model yet is a state, and no failure.
            warning = $"{tooLittle.Code} {tooLittle.Message}";
        }

        StagedTable.Fill(
            connection, "registry_rows", TableSchema.Parse(request.Schema), rows, cancellationToken);
        return Task.FromResult(Write(connection, request, warning, cancellationToken));
    }

    /// <summary>The registry of a table.</summary>
    internal static ModelRegistry RegistryOf(
        DuckDbConnection connection, PinnedTable table, CancellationToken cancellationToken)
    {
        IEnumerable<string> columns = ModelRegistry.ColumnsIn(TableSchema.Parse(table.Schema)).Select(SqlName.DuckDb);
        return ModelRegistry.Of(connection.Collect(
            $"select {string.Join(", ", columns)} from ({PinnedScan.Sql(table)})", cancellationToken));
    }

    /// <summary>
    /// Adds the new rows. Where the contract has come to call columns otherwise than the table does, all rows are
    /// written by the new names in the same commit.
    /// </summary>
    private static BuildResult Write(
        DuckDbConnection connection, ComputePayload request, string? warning, CancellationToken cancellationToken)
    {
        const string Added = "select * from registry_rows";
        TableSchema schema = TableSchema.Parse(request.Schema);
        if (request.Existing is not { } existing || TableSchema.Parse(existing.Schema) is not { } former
            || schema.Fields.All(f => former.TryFind(f.Name, out _)))
        {
            return ComputeOutput.Write(connection, request, Added, appends: true, cancellationToken, warning);
        }

        string names = string.Join(", ", schema.Fields.Select(f => former.TryFind(f.Name, out _)
            ? SqlName.DuckDb(f.Name)
            : $"{SqlName.DuckDb(ModelColumns.FormerNames[f.Name])} as {SqlName.DuckDb(f.Name)}"));
        return ComputeOutput.Write(
            connection, request, $"select {names} from ({PinnedScan.Sql(existing)}) union all by name {Added}",
            appends: false, cancellationToken, warning) with { Replaces = true };
    }

    private static void Register(
        List<object?[]> rows, TrainedModel model, ModelRegistry registry, ComputePayload compute, int seed)
    {
        (string artifact, string hash) = Store(model.Package, compute.ArtifactFolder);
        int version = registry.Versions.Length == 0 ? 1 : registry.Versions[^1].Version + 1;
        rows.Add(RegistryRows.VersionOf(version, model, artifact, hash, compute, seed));
        if (model.Report.Promotion.Passed)
        {
            rows.Add(RegistryRows.AliasOf(ModelRegistry.Champion, version, "met the promotion criteria", compute.Now));
        }
    }

    private static TrainedModel Make(
        DuckDbConnection connection, ComputePayload compute, ModelDefinition definition, ModelRegistry registry,
        CancellationToken cancellationToken)
    {
        UsageReader reader = new(
            connection, compute.Inputs[definition.Interactions].Select(),
            compute.Inputs[definition.Accounts].Select());
        UsageHistory history = reader.Read(cancellationToken);
        GramMatrix gram = new GramTable(connection).Read(
            compute.Inputs["gram"].Select(), history.Services, cancellationToken);
        return new ModelWorkshop(
                compute.Product, definition, history,
                cutOff => reader.Amounts(history, cutOff, definition.HalfLifeDays, cancellationToken), gram)
            .Make(registry.Find(ModelRegistry.Champion)?.Options, cancellationToken);
    }

    /// <summary>
    /// Durable before the registry names it. A file of the same hash is the same file, also where a killed step left
    /// it.
    /// </summary>
    private static (string Name, string Sha256) Store(ModelPackage package, string folder)
    {
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        string hash = PackageFile.Write(package, temporary);
        string name = $"{hash}.safetensors";
        DurableFiles.Publish(PosixStorageCalls.Instance, temporary, Path.Combine(folder, name));
        return (name, hash);
    }
}
