using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Types;

namespace Landfall.Engine.Ingest;

/// <summary>
/// The register of an integration: a Delta table with a row for each landed file. A batch exists once its rows are
/// committed. Immutable: what was committed after loading is not seen.
/// </summary>
public sealed class Register
{
    /// <summary>Name of the register's folder and table.</summary>
    public const string FolderName = "_register";

    private static readonly TableSchema Schema = new(
    [
        new("batch", DataType.BigInt), new("table_name", DataType.String), new("file", DataType.String),
        new("path", DataType.String), new("size", DataType.BigInt), new("modified", DataType.Timestamp),
        new("sha256", DataType.String), new("source_time", DataType.Timestamp), new("rows", DataType.BigInt),
        new("cursor", DataType.String), new("state_hash", DataType.String), new("landed_at", DataType.Timestamp),
    ]);

    private readonly LedgerTable _ledger;

    private Register(LedgerTable ledger, Snapshot? snapshot, ImmutableArray<RegisterEntry> entries)
    {
        _ledger = ledger;
        Snapshot = snapshot;
        Entries = entries;
        LastBatch = entries.Length == 0 ? 0 : entries.Max(e => e.Batch);
    }

    /// <summary>Rows in order of batch and file; a file touched since has another row with its newer time.</summary>
    public ImmutableArray<RegisterEntry> Entries { get; }

    /// <summary>The greatest batch; 0 where nothing was landed.</summary>
    public long LastBatch { get; }

    /// <summary>The table's version that was read; null where it does not exist yet.</summary>
    public Snapshot? Snapshot { get; }

    /// <summary>Reads the register of the integration of a land or enrich step.</summary>
    public static Task<Register> LoadAsync(IStepHost host, CancellationToken cancellationToken) =>
        LoadAsync(host.Lake, host.Node.Zone.Id, host.Node.Integration!.Id, cancellationToken);

    /// <summary>Reads the register of an integration.</summary>
    public static async Task<Register> LoadAsync(
        Lake lake, string zone, string integration, CancellationToken cancellationToken)
    {
        LedgerTable ledger = LedgerOf(lake, zone, integration);
        Snapshot? snapshot = await ledger.Delta.TryLoadAsync(null, cancellationToken);
        return new(ledger, snapshot, snapshot is null ? [] : Read(ledger, snapshot, cancellationToken));
    }

    /// <summary>The source time of the newest file of a table; null where none was landed.</summary>
    public static async Task<DateTimeOffset?> NewestTimeAsync(
        Lake lake, TableName table, CancellationToken cancellationToken)
    {
        using LedgerTable ledger = LedgerOf(lake, table.Zone, table.Unit);
        if (await ledger.Delta.TryLoadAsync(null, cancellationToken) is not { } snapshot)
        {
            return null;
        }

        using IRows rows = ledger.Read(snapshot, ["source_time"], cancellationToken, "table_name", table.Table);
        return rows.Rows().Max(r => (DateTimeOffset?)r[0]);
    }

    /// <summary>Rows of a table's files, each file once, in order of batch and file.</summary>
    public ImmutableArray<RegisterEntry> FilesOf(string table) =>
        [.. Entries.Where(e => e.Table == table).DistinctBy(e => e.Path)];

    /// <summary>
    /// Commits rows; with a new batch its number too, so that it is committed once. Returns the table's version.
    /// </summary>
    public Task<long> AppendAsync(
        IStepHost host, IReadOnlyList<RegisterEntry> entries, CancellationToken cancellationToken)
    {
        Transaction transaction = _ledger.Begin(
            Snapshot, _ledger.Write(entries.Select(RowOf), host.StepId, cancellationToken));
        long batch = entries.Max(e => e.Batch);
        if (batch > LastBatch)
        {
            transaction.SetTransaction(
                $"landfall/{host.Node.Zone.SqlName}/{host.Node.Integration!.SqlName}/register", batch);
        }

        JsonObject details = new() { ["batch"] = batch, ["files"] = entries.Count,
            ["bytes"] = entries.Sum(e => e.Size) };
        return host.CommitAsync(_ledger.Name, _ledger.Delta, transaction, details, cancellationToken);
    }

    private static LedgerTable LedgerOf(Lake lake, string zone, string integration)
    {
        string folder = Path.Combine(lake.UnitFolder(zone, LakeLayer.Raw, integration), FolderName);
        TableName name = new(TableName.SqlName(zone), TableName.SqlName(integration), FolderName);
        return new(name, lake.Open(folder), folder, Schema, lake.Engine, lake.Clock);
    }

    private static ImmutableArray<RegisterEntry> Read(
        LedgerTable ledger, Snapshot snapshot, CancellationToken cancellationToken)
    {
        using IRows rows = ledger.Read(
            snapshot, [.. Schema.Fields.Select(f => f.Name)], cancellationToken);
        return
        [
            .. rows.Rows().Select(r => new RegisterEntry
            {
                Batch = (long)r[0]!,
                Table = (string)r[1]!,
                File = (string)r[2]!,
                Path = (string)r[3]!,
                Size = (long)r[4]!,
                Modified = UnixMicros.Of((DateTimeOffset)r[5]!),
                Sha256 = (string)r[6]!,
                SourceTime = UnixMicros.Of((DateTimeOffset)r[7]!),
                Rows = (long?)r[8],
                Cursor = (string?)r[9],
                StateHash = (string?)r[10],
                LandedAt = UnixMicros.Of((DateTimeOffset)r[11]!),
            })
            .OrderBy(e => e.Batch).ThenBy(e => e.Table, StringComparer.Ordinal)
            .ThenBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.LandedAt),
        ];
    }

    private static object?[] RowOf(RegisterEntry e) =>
    [
        e.Batch, e.Table, e.File, e.Path, e.Size, UnixMicros.ToTime(e.Modified), e.Sha256,
        UnixMicros.ToTime(e.SourceTime), e.Rows, e.Cursor, e.StateHash, UnixMicros.ToTime(e.LandedAt),
    ];
}
