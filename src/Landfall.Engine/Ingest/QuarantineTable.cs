using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest;

/// <summary>
/// The quarantine of a table: rows that broke its contract. It is committed before the table, so that no row is in
/// neither; what a batch read before left there goes when the batch is read again.
/// </summary>
internal sealed class QuarantineTable
{
    /// <summary>
    /// Name of the table property that says which batches are accepted in spite of their bad rows: JSON of the number
    /// of bad rows by batch.
    /// </summary>
    public const string AcceptedProperty = "landfall.accepted";

    private readonly DeltaTable _delta;
    private readonly Snapshot? _snapshot;
    private readonly JsonObject? _failed;

    private QuarantineTable(DeltaTable delta, Snapshot? snapshot, JsonObject? failed)
    {
        _delta = delta;
        _snapshot = snapshot;
        _failed = failed;
    }

    /// <summary>Opens the quarantine of a table.</summary>
    public static async Task<QuarantineTable> LoadAsync(
        IStepHost host, EnrichTable table, CancellationToken cancellationToken) =>
        await LoadAsync(host.Lake, table.QuarantineEntry, cancellationToken);

    /// <summary>Opens a quarantine.</summary>
    public static async Task<QuarantineTable> LoadAsync(
        Lake lake, CatalogTable entry, CancellationToken cancellationToken)
    {
        DeltaTable delta = lake.Open(lake.TableFolder(entry.Name, entry.Layer));
        Snapshot? snapshot = await delta.TryLoadAsync(null, cancellationToken);
        JsonObject? info = snapshot is null ? null : await delta.LatestInfoAsync("landfall", cancellationToken);
        return new(delta, snapshot, info?["failed"] as JsonObject);
    }

    /// <summary>The batch that failed last and waits; null for none.</summary>
    public FailedBatch? Failed => _failed?.Deserialize(EngineJson.Default.FailedBatch);

    /// <summary>Bad rows by batch that are accepted.</summary>
    public ImmutableSortedDictionary<long, long> Accepted => AcceptedOf(_snapshot);

    /// <summary>What a version of a quarantine accepts; nothing where there is none.</summary>
    public static ImmutableSortedDictionary<long, long> AcceptedOf(Snapshot? quarantine) =>
        quarantine?.Metadata.Configuration.TryGetValue(AcceptedProperty, out string? text) == true
            ? JsonSerializer.Deserialize(text, EngineJson.Default.ImmutableSortedDictionaryInt64Int64)!
            : ImmutableSortedDictionary<long, long>.Empty;

    /// <summary>
    /// Throws LF4265 where a batch failed before and nothing that decides on it has changed: contract, way of reading,
    /// threshold.
    /// </summary>
    public void RefuseBlocked(EnrichTable table, Integration integration, bool retries)
    {
        if (_failed is not null && !retries && (string?)_failed["contract"] == ReadingOf(table)
            && (double?)_failed["threshold"] == integration.QuarantineThreshold
            && table.Scope.Files[0].Batch == (long?)_failed["batch"]
            && Failed!.Count is var count && count.Bad > Accepted.GetValueOrDefault(count.Batch))
        {
            throw OverThreshold(table, integration, count);
        }
    }

    /// <summary>Files of batches that the table has which may hold rows of sources with new content.</summary>
    public ImmutableArray<string> ExistingOf(EnrichTable table) =>
    [
        .. table.Scope.ReplacedSources
            .SelectMany(s => _snapshot?.FilesMatching(Predicate.Column("_source", Comparison.Equal, s)) ?? [])
            .Where(f => FirstBatch(f) <= table.LastBatch).Select(f => f.Path).Distinct(),
    ];

    /// <summary>Commits quarantined rows, where there are any or old ones go.</summary>
    public async Task CommitAsync(
        IStepHost host, EnrichTable table, EnrichResult result, CancellationToken cancellationToken)
    {
        ImmutableArray<DataFile> files = [.. result.Quarantine, .. result.FailedQuarantine];
        AddFile[] stale =
        [
            .. (_snapshot?.Files ?? []).Where(f => IsWhole(table, result) || FirstBatch(f) > table.LastBatch
                || result.QuarantineRemoved.Contains(f.Path)),
        ];
        if (files.Length == 0 && stale.Length == 0)
        {
            return;
        }

        Transaction transaction = _delta.Begin(_snapshot, "WRITE");
        if (_snapshot is null)
        {
            transaction.SetSchema(ContractSchema.Of(table.QuarantineEntry.Table), []);
        }

        foreach (AddFile file in stale)
        {
            transaction.Remove(file);
        }

        foreach (DataFile file in files)
        {
            transaction.Add(file.ToAddFile(host.Clock.GetUtcNow()));
        }

        JsonObject details = new() { ["contract"] = table.Fingerprint, ["rows"] = files.Sum(f => f.Rows) };
        if (result.Failed is { } failed)
        {
            FailedBatch note = new(failed.Batch, ReadingOf(table), host.Node.Integration!.QuarantineThreshold, failed);
            details["failed"] = JsonSerializer.SerializeToNode(note, EngineJson.Default.FailedBatch);
        }

        await host.CommitAsync(table.QuarantineEntry.Name, _delta, transaction, details, cancellationToken);
    }

    /// <summary>The failure of a batch with too many bad rows.</summary>
    public static LandfallException OverThreshold(EnrichTable table, Integration integration, BatchCount failed) => new(
        IngestCodes.Threshold,
        Describe(table, integration, failed)
        + "The batch stays in raw and blocks the later ones of its table; the table has the earlier ones. Count "
        + $"them with: landfall quarantine {table.Entry.Name}. {RuleAdvice.Remedies(failed.Rules.Keys)}Then run "
        + $"again, or take the batch as it is: landfall replay {table.Entry.Name}/{failed.Batch} --accept");

    /// <summary>The same where the table was to be derived anew: a part would be less than it has.</summary>
    public static LandfallException NotRebuilt(EnrichTable table, Integration integration, BatchCount failed) => new(
        IngestCodes.Threshold,
        Describe(table, integration, failed)
        + $"The table was to be derived from raw anew ({table.Scope.Reason}); it and its quarantine are as they were. "
        + $"{RuleAdvice.Remedies(failed.Rules.Keys)}Then run again.");

    private static string Describe(EnrichTable table, Integration integration, BatchCount failed)
    {
        string rules = string.Join(", ", failed.Rules.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"{r.Key} {r.Value}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Entry.Name}: {failed.Bad} of {failed.Rows} rows of batch {failed.Batch} break the contract "
            + $"({rules}), more than the {integration.QuarantineThreshold:P2} that {integration.Id} allows. ");
    }

    /// <summary>Whether what was read is all that the table will stand for.</summary>
    private static bool IsWhole(EnrichTable table, EnrichResult result) =>
        table.Scope.Rebuild || (table.Scope.Mode == EnrichMode.Replace && result.Failed is null);

    private static long FirstBatch(AddFile file) =>
        file.Statistics?.Min("_batch") is { ValueKind: JsonValueKind.Number } batch ? batch.GetInt64() : 0;

    /// <summary>
    /// What decides which rows are bad: the contract, how the source is read, and the rules of values.
    /// </summary>
    private static string ReadingOf(EnrichTable table) => table.RulesVersion is > 1 and var rules
        ? $"{table.Fingerprint}/{rules}"
        : table.Fingerprint;
}
