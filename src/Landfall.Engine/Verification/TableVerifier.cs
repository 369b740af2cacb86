using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Build;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Planning;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Verification;

/// <summary>
/// Compares tables with what a full rebuild gives: a product's from its inputs at the versions that its last build
/// read, an enriched one from raw, by the engine inside this program whichever built them. No table is written; the
/// reads are under the product's access rules, and audited.
/// </summary>
/// <param name="session">The open estate.</param>
/// <param name="analysis">Its definitions; without errors.</param>
/// <param name="tell">Takes a sentence where a run keeps a table's lock for a while; null for nobody.</param>
public sealed class TableVerifier(EngineSession session, EstateAnalysis analysis, Action<string>? tell = null)
{
    /// <summary>Compares the table of an enrich or build step.</summary>
    public async Task<VerifiedTable> VerifyAsync(StepNode step, CancellationToken cancellationToken)
    {
        try
        {
            return step.Kind == StepKind.Build
                ? await VerifyProductAsync(step, cancellationToken)
                : await VerifyEnrichedAsync(step, cancellationToken);
        }
        catch (LandfallException failure)
        {
            return Unverified(step, $"{failure.Code} {failure.Message}");
        }
    }

    private static VerifiedTable Unverified(StepNode step, string reason) =>
        new() { Table = step.Table, State = VerifyState.Unverified, Reason = reason };

    private async Task<VerifiedTable> VerifyProductAsync(StepNode step, CancellationToken cancellationToken)
    {
        BuildDefinition definition = analysis.Definition(step.Table);
        DeltaTable delta = session.Open(definition.Table);
        if (await delta.TryLoadAsync(null, cancellationToken) is not { } current)
        {
            return Unverified(step, "it has no data yet");
        }

        JsonObject? info = await delta.LatestInfoAsync("landfall", cancellationToken);
        if (info is null || !definition.IsBuiltBy((string?)info["code"])
            || (string?)info["contract"] != definition.ContractFingerprint)
        {
            return Unverified(step, "its SQL or its contract changed since it was built");
        }

        IReadOnlyList<AuditEntry> reads = BuildStep.CheckAccess(session.Estate, definition, session.Clock, null);
        AuditLedger audit = new(session.Platform(PlatformTables.Audit), session.Clock);
        await audit.RecordAsync(reads, cancellationToken);
        var inputs = ImmutableArray.CreateBuilder<PinnedTable>();
        foreach (TableName table in definition.Reads)
        {
            CatalogTable entry = session.Catalog.Get(table);
            if (await PinnedAsync(entry, info["inputs"]?[table.ToString()], cancellationToken) is not { } pinned)
            {
                return Unverified(step, $"the version of {table} that it was built from is no longer there");
            }

            inputs.Add(session.Lake.Pin(entry, pinned.Files));
        }

        CompareRequest request = new()
        {
            Query = definition.Query,
            WidenedQuery = definition.DuckDbQuery,
            Inputs = inputs.ToImmutable(),
            Rebuilt = null,
            Stored = session.Lake.Pin(definition.Table, current.Files),
            Column = definition.Rule?.Column,
        };
        return await CompareAsync(step, current, request, cancellationToken);
    }

    /// <summary>
    /// The version that the last build read, or a newer one with the same rows, whose files live longer; null where
    /// neither is there whole.
    /// </summary>
    private async Task<Snapshot?> PinnedAsync(CatalogTable table, JsonNode? pin, CancellationToken cancellationToken)
    {
        DeltaTable delta = session.Open(table);
        if (pin is null || await delta.TryLoadAsync(null, cancellationToken) is not { } newest
            || newest.Metadata.Id != (string?)pin["id"] || newest.Version < (long)pin["version"]!)
        {
            return null;
        }

        try
        {
            long version = (long)pin["version"]!;
            Snapshot? snapshot = await delta.DataChangedSinceAsync(version, cancellationToken)
                ? await delta.TryLoadAsync(version, cancellationToken)
                : newest;
            string folder = FolderOf(session.Lake, table);
            return snapshot is not null && snapshot.Files.All(f => File.Exists(Path.Combine(folder, f.Path)))
                ? snapshot
                : null;
        }
        catch (VersionGoneException)
        {
            return null;
        }
    }

    /// <summary>Derives the table from raw in a copy of its integration, which is removed again.</summary>
    private async Task<VerifiedTable> VerifyEnrichedAsync(StepNode step, CancellationToken cancellationToken)
    {
        CatalogTable table = session.Catalog.Get(step.Table);
        if (await session.Open(table).TryLoadAsync(null, cancellationToken) is null)
        {
            return Unverified(step, "it has no data yet");
        }

        using PlanOverlay overlay = await CopyAsync(step, cancellationToken);
        if (await overlay.PendingAsync(step, cancellationToken) is { } pending)
        {
            return Unverified(step, pending);
        }

        DeltaTable copy = overlay.Lake.Open(FolderOf(overlay.Lake, table));
        Snapshot current = await copy.LoadAsync(cancellationToken);
        await overlay.DeriveAsync(
            step with { Pool = step.Pool with { Engine = session.Engine.Name, Spark = null } }, cancellationToken);
        Snapshot rebuilt = await copy.LoadAsync(cancellationToken);
        CompareRequest request = new()
        {
            Query = null,
            Inputs = [],
            Rebuilt = Comparable(step, overlay.Lake.Pin(table, rebuilt.Files)),
            Stored = Comparable(step, overlay.Lake.Pin(table, current.Files)),
            Column = null,
        };
        return await CompareAsync(step, current, request, cancellationToken);
    }

    /// <summary>
    /// A row, or a whole copy, that comes again as it was is not written again: the table keeps the batch and file of
    /// the older, and a rebuild has those of the newest.
    /// </summary>
    private static PinnedTable Comparable(StepNode step, PinnedTable table) =>
        step.Integration!.Tables.Single(t => t.Name == step.Table.Table).Mode == LoadMode.Append
            ? table
            : table with
            {
                Schema = new TableSchema(
                    [.. TableSchema.Parse(table.Schema).Fields.Where(f => !f.Name.StartsWith('_'))]).ToJson(),
            };

    /// <summary>No run may bring the table forward between its register and itself being copied.</summary>
    private async Task<PlanOverlay> CopyAsync(StepNode step, CancellationToken cancellationToken)
    {
        using TableLock held = await TableLock.AcquireAsync(
            session.Lake.Root, step.Table, session.Clock,
            () => tell?.Invoke($"{step.Table} waits for another run or command that works on it."), cancellationToken);
        return new(session, step.Zone, step.Integration!);
    }

    private async Task<VerifiedTable> CompareAsync(
        StepNode step, Snapshot current, CompareRequest request, CancellationToken cancellationToken)
    {
        IEnumerable<string> reads = request.Inputs.Append(request.Stored).Select(i => i.Folder)
            .Concat(request.Rebuilt is { } rebuilt ? [rebuilt.Folder] : []);
        CompareResult result = EngineCalls.Compare.ResultOf(await session.Probe.RunAsync(
            step.Zone.Id,
            step.Pool.Id,
            EngineCalls.Compare.Of(session.Engine.Name, request, reads),
            cancellationToken));
        return new()
        {
            Table = step.Table,
            State = result.Differences.IsEmpty ? VerifyState.Equal : VerifyState.Differs,
            Version = current.Version,
            Rows = result.Rows,
            Column = request.Column,
            Differences = result.Differences,
        };
    }

    private static string FolderOf(Lake lake, CatalogTable table) => lake.TableFolder(table.Name, table.Layer);
}
