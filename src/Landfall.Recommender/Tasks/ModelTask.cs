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
/// where the gate lets it pass, the alias of the champion.
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
        ModelRegistry registry = request.SelectExisting() is not { } existing
            ? ModelRegistry.Empty
            : RegistryOf(connection, existing, cancellationToken);
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
        return Task.FromResult(ComputeOutput.Write(
            connection, request, "select * from registry_rows", appends: true, cancellationToken, warning));
    }

    /// <summary>A registry as a select of its table gives it.</summary>
    internal static ModelRegistry RegistryOf(
        DuckDbConnection connection, string table, CancellationToken cancellationToken) =>
        ModelRegistry.Of(connection.Collect(
            $"select {string.Join(", ", ModelRegistry.Columns.Select(SqlName.DuckDb))} from ({table})",
            cancellationToken));

    private static void Register(
        List<object?[]> rows, TrainedModel model, ModelRegistry registry, ComputePayload compute, int seed)
    {
        (string artifact, string hash) = Store(model.Package, compute.ArtifactFolder);
        int version = registry.Versions.Length == 0 ? 1 : registry.Versions[^1].Version + 1;
        rows.Add(RegistryRows.VersionOf(version, model, artifact, hash, compute, seed));
        if (model.Report.Gate.Passed)
        {
            rows.Add(RegistryRows.AliasOf(ModelRegistry.Champion, version, "passed the gate", compute.Now));
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
