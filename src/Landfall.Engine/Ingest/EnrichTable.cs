using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest;

/// <summary>An enriched table as a step finds it: what the log says, and what of the register it lacks.</summary>
internal sealed record EnrichTable
{
    /// <summary>The table.</summary>
    public required CatalogTable Entry { get; init; }

    /// <summary>Its quarantine table.</summary>
    public required CatalogTable QuarantineEntry { get; init; }

    /// <summary>How its source is read.</summary>
    public required IntegrationTable Source { get; init; }

    /// <summary>What its contract promises.</summary>
    public required ContractTable Contract { get; init; }

    /// <summary>The Delta table.</summary>
    public required DeltaTable Delta { get; init; }

    /// <summary>Its newest version; null where it does not exist yet.</summary>
    public required Snapshot? Snapshot { get; init; }

    /// <summary>What the next commit will say of the contract.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The last batch that the table has.</summary>
    public required long LastBatch { get; init; }

    /// <summary>What it lacks.</summary>
    public required EnrichScope Scope { get; init; }

    /// <summary>What its last commit says of itself; null where the table does not exist.</summary>
    public required JsonObject? Info { get; init; }

    /// <summary>How its contract differs from the one on record; null where the table does not exist.</summary>
    public required ContractDrift? Drift { get; init; }

    /// <summary>Version of the rules that decide which rows it has.</summary>
    public int RulesVersion => StepFingerprint.RulesOf(Contract, Source.Mode);

    /// <summary>
    /// The rules that hold it as a whole before a commit. Rows that repeat a key are no longer there then, but where
    /// the newest row of a key takes the place of another: it may have a value that a third has.
    /// </summary>
    public ImmutableArray<QualityRule> Rules => Source.Mode == LoadMode.Upsert ? Contract.Rules : Contract.Quality;

    /// <summary>
    /// Files of its batches that cannot be read as their format, as the last commit has them: they wait for their
    /// source to send them again.
    /// </summary>
    public ImmutableArray<LeftOut> BadFiles => Info?["unreadable"] is JsonArray files
        ? [.. files.Select(f => LeftOutOf(new((string)f!["file"]!, (string)f["problem"]!)))]
        : [];

    /// <summary>A file that waits for its source to send it again.</summary>
    public static LeftOut LeftOutOf(UnreadableFile file) => new(file.Source, IngestCodes.Unreadable, file.Problem);

    /// <summary>Name of the application whose transactions count batches.</summary>
    public string BatchApp => BatchAppOf(Entry.Name);

    /// <summary>Name of the application whose transactions count a table's batches.</summary>
    public static string BatchAppOf(TableName table) => $"{table}/batch";

    /// <summary>The last batch that a version of a table has; 0 for none.</summary>
    public static long LastBatchOf(Snapshot? snapshot, TableName table) =>
        Math.Max(0, snapshot?.TransactionVersion(BatchAppOf(table)) ?? 0);

    /// <summary>Looks at a table.</summary>
    /// <exception cref="LandfallException">
    /// LF4246 or LF4247 where its contract may not change as it did.
    /// </exception>
    public static async Task<EnrichTable> LookAsync(
        Lake lake, EstateCatalog catalog, StepNode node, Register register, bool fullRefresh,
        CancellationToken cancellationToken)
    {
        Integration integration = node.Integration!;
        CatalogTable entry = catalog.Get(node.Table);
        IntegrationTable source = integration.Tables.Single(t => t.Name == node.Table.Table);
        DeltaTable delta = lake.Open(lake.TableFolder(entry.Name, entry.Layer));
        Snapshot? snapshot = await delta.TryLoadAsync(null, cancellationToken);
        JsonObject? info = snapshot is null ? null : await delta.LatestInfoAsync("landfall", cancellationToken);
        string fingerprint = StepFingerprint.Of(node);
        ContractTable contract = integration.Contract.Tables.Single(t => t.Name == source.Name);
        ContractDrift? drift = snapshot is null ? null : ContractDrift.Of(entry, snapshot);
        drift?.RequirePermitted();
        string? rebuild = snapshot is null ? null
            : fullRefresh ? "full refresh asked for"
            : drift!.Rebuilds ? drift.Text
            : (string?)info?["contract"] != fingerprint ? "contract or reading of the source changed"
            : ((int?)info?["rules"] ?? 1) < StepFingerprint.RulesOf(contract, source.Mode)
                ? "rows were read by earlier rules"
            : null;
        long last = LastBatchOf(snapshot, entry.Name);
        return new()
        {
            Entry = entry,
            QuarantineEntry = catalog.QuarantineOf(entry.Name),
            Source = source,
            Contract = contract,
            Delta = delta,
            Snapshot = snapshot,
            Fingerprint = fingerprint,
            LastBatch = last,
            Info = info,
            Drift = drift,
            Scope = EnrichScope.Of(source, register.FilesOf(source.Name), last, info, rebuild),
        };
    }
}
