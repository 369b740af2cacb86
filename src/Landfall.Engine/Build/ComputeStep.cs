using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Build;

/// <summary>
/// Brings a computed table up to date: a task of the product's kind computes it in a worker, and the commit is as for a
/// table of SQL.
/// </summary>
public static class ComputeStep
{
    /// <summary>Folder of a product's files that are no tables; names with <c>_</c> in front are no table's.</summary>
    public static string ArtifactFolder(Lake lake, CatalogTable table) => Path.Combine(
        Path.GetDirectoryName(lake.TableFolder(table.Name, table.Layer))!, "_artifacts");

    /// <summary>Computes and commits what was assessed.</summary>
    internal static async Task<StepOutcome> ExecuteAsync(
        IStepHost host, BuildDefinition definition, BuildAssessment assessment, CancellationToken cancellationToken)
    {
        Computation computed = definition.Computed!;
        ComputePayload payload = await PayloadAsync(host, definition, assessment, cancellationToken);
        string output = Path.Combine(payload.TableFolder, host.StepId);
        WorkerTask task = new(
            computed.TaskKind,
            JsonSerializer.SerializeToNode(payload, ComputeJson.Default.ComputePayload)!,
            payload.ReadFolders,
            computed.Files == ArtifactUse.Write ? [output, payload.ArtifactFolder] : [output]);
        JsonNode answer = await host.RunWorkerAsync(task, cancellationToken);
        BuildResult result = answer.Deserialize(Engines.EngineJson.Default.BuildResult)!;
        return await BuildStep.CommitAsync(
            host, definition, assessment, result, computed.KeepsRows && !result.Replaces, cancellationToken);
    }

    private static async Task<ComputePayload> PayloadAsync(
        IStepHost host, BuildDefinition definition, BuildAssessment assessment, CancellationToken cancellationToken)
    {
        string folder = host.Lake.TableFolder(definition.Table.Name, definition.Table.Layer);
        string artifacts = ArtifactFolder(host.Lake, definition.Table);
        bool knows = assessment.Mode == BuildMode.Full && assessment.Changes.Length > 0 && !assessment.IsAnew;
        var inputs = ImmutableSortedDictionary.CreateBuilder<string, ComputeInput>(StringComparer.Ordinal);
        foreach ((TableName name, Snapshot snapshot) in assessment.Inputs)
        {
            BuildChange? change = knows ? assessment.Changes.FirstOrDefault(c => c.Table == name) : null;
            ComputeInput? input = await InputAsync(host, definition, name, snapshot, change, cancellationToken);
            knows &= input is not null;
            inputs[name.Table] = input
                ?? (await InputAsync(host, definition, name, snapshot, null, cancellationToken))!;
        }

        return new()
        {
            Table = definition.Table.Name.Table,
            Product = definition.Product.Id,
            Settings = JsonNode.Parse(definition.Computed!.Settings)!,
            Code = definition.CodeFingerprint,
            Inputs = inputs.ToImmutable(),
            Existing = assessment.Current is { } current
                ? PinnedTable.Of(definition.Table.Name, folder, current)
                : null,
            KnowsChanges = knows,
            Now = host.Clock.GetUtcNow(),
            Required = [.. definition.Table.Table.Columns.Where(c => c.Required).Select(c => c.Name)],
            Quality = definition.Table.Table.Rules,
            Schema = ContractSchema.Of(definition.Table.Table).ToJson(),
            TableFolder = folder,
            StepId = host.StepId,
            ArtifactFolder = artifacts,
            ReadFolders =
            [
                .. BuildStep.ReadFolders(host, definition),
                .. definition.Computed.Files == ArtifactUse.Read && Directory.Exists(artifacts)
                    ? new[] { artifacts }
                    : [],
            ],
        };
    }

    /// <summary>Null where what changed is not on disk any more.</summary>
    private static async Task<ComputeInput?> InputAsync(
        IStepHost host, BuildDefinition definition, TableName name, Snapshot snapshot, BuildChange? change,
        CancellationToken cancellationToken)
    {
        CatalogTable entry = BuildStep.Readable(host, definition, name);
        string folder = host.Lake.TableFolder(name, entry.Layer);
        PinnedTable rows = host.Lake.Pin(entry, snapshot.Files);
        if (change is null)
        {
            return new(snapshot.Version, rows, null, null);
        }

        Snapshot? before = await host.Lake.Open(folder).TryLoadAsync(change.From, cancellationToken);
        return before is null || !before.Files.Concat(change.Added).All(f => File.Exists(Path.Combine(folder, f.Path)))
            ? null
            : new(snapshot.Version, rows, change.Rows, host.Lake.Pin(entry, before.Files));
    }
}
