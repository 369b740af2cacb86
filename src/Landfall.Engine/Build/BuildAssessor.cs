using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Products;

namespace Landfall.Engine.Build;

/// <summary>
/// Compares what a product's table was built from with what its inputs, code and contract are now. Everything is read
/// from the lake.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="catalog">Where tables are.</param>
public sealed class BuildAssessor(Lake lake, EstateCatalog catalog)
{
    /// <summary>Assesses one table.</summary>
    /// <param name="definition">The table's compiled definition.</param>
    /// <param name="pins">Versions to read inputs at; inputs without one are read at their newest.</param>
    /// <param name="fullRefresh">Whether a whole build was asked for.</param>
    /// <param name="cancellationToken">Ends the assessment.</param>
    /// <exception cref="LandfallException">
    /// LF4011 where an input has no data yet, LF4248 where it has not the columns of its contract yet, LF4246 and
    /// LF4247 where the table's contract may not change as it did.
    /// </exception>
    public async Task<BuildAssessment> AssessAsync(
        BuildDefinition definition, IReadOnlyDictionary<TableName, long> pins, bool fullRefresh,
        CancellationToken cancellationToken)
    {
        (ImmutableSortedDictionary<TableName, Snapshot> inputs, LandfallException? unready) =
            await LoadInputsAsync(definition, pins, cancellationToken);
        return unready is null
            ? await AssessAsync(definition, inputs, fullRefresh, cancellationToken)
            : throw unready;
    }

    /// <summary>The same for a plan; null where an input lacks data or columns that a run would bring.</summary>
    public async Task<BuildAssessment?> TryAssessAsync(
        BuildDefinition definition, bool fullRefresh, CancellationToken cancellationToken)
    {
        (ImmutableSortedDictionary<TableName, Snapshot> inputs, LandfallException? unready) =
            await LoadInputsAsync(definition, ImmutableDictionary<TableName, long>.Empty, cancellationToken);
        return unready is null ? await AssessAsync(definition, inputs, fullRefresh, cancellationToken) : null;
    }

    private async Task<BuildAssessment> AssessAsync(
        BuildDefinition definition, ImmutableSortedDictionary<TableName, Snapshot> inputs, bool fullRefresh,
        CancellationToken cancellationToken)
    {
        DeltaTable target = Open(definition.Table.Name);
        Snapshot? current = await target.TryLoadAsync(null, cancellationToken);
        JsonObject? info = current is null ? null : await target.LatestInfoAsync("landfall", cancellationToken);
        ContractDrift? drift = current is null ? null : ContractDrift.Of(definition.Table, current);
        drift?.RequirePermitted();
        string? whole = WhyWhole(definition, drift, info, fullRefresh);
        if (whole is not null)
        {
            return new()
            {
                Mode = BuildMode.Full, Reason = whole, Current = current, Inputs = inputs, IsAnew = true,
            };
        }

        BuildAssessment compared =
            await CompareInputsAsync(definition, current!, info!, inputs, cancellationToken);
        return compared.Mode == BuildMode.UpToDate && drift!.IsOutdated
            ? compared with { RecordsContract = true, Info = info, Reason = drift.Text + "; no row changes" }
            : compared;
    }

    private static string? WhyWhole(
        BuildDefinition definition, ContractDrift? drift, JsonObject? info, bool fullRefresh) =>
        drift is null ? "new"
        : fullRefresh ? "full refresh asked for"
        : info is null ? "its last build left no record"
        : drift.Rebuilds ? drift.Text
        : (string?)info["contract"] != definition.ContractFingerprint ? "contract changed"
        : !definition.IsBuiltBy((string?)info["code"]) ? "code changed"
        : null;

    private async Task<BuildAssessment> CompareInputsAsync(
        BuildDefinition definition, Snapshot current, JsonObject info,
        ImmutableSortedDictionary<TableName, Snapshot> inputs, CancellationToken cancellationToken)
    {
        List<BuildChange> changes = [];
        List<string> whole = [];
        IncrementalRule? rule = definition.Rule;
        foreach ((TableName table, Snapshot snapshot) in inputs)
        {
            JsonNode? pinned = info["inputs"]?[table.ToString()];
            long from = (long?)pinned?["version"] ?? -1;
            if (pinned is null || (string?)pinned["id"] != snapshot.Metadata.Id || from > snapshot.Version)
            {
                whole.Add($"{table} was made anew");
                continue;
            }

            if ((string?)pinned["columns"] is { } columns && columns != ColumnsOf(snapshot))
            {
                whole.Add($"{table} has other columns");
                continue;
            }

            BuildChange? change;
            try
            {
                change = await ChangeAsync(table, from, snapshot.Version, cancellationToken);
            }
            catch (VersionGoneException)
            {
                whole.Add($"{table} no longer says what changed since v{from}: its log was cleaned up");
                continue;
            }

            if (change is null)
            {
                continue;
            }

            changes.Add(change);
            if (rule is not null && !rule.Inputs.ContainsKey(table))
            {
                whole.Add($"{table} changed and is not among the incremental inputs");
            }
            else if (rule is not null && !HasFiles(change))
            {
                whole.Add($"{table} lost files that changed since v{from}: vacuum deleted them");
            }
        }

        BuildMode mode = changes.Count == 0 && whole.Count == 0 ? BuildMode.UpToDate
            : rule is null || whole.Count > 0 ? BuildMode.Full
            : BuildMode.Incremental;
        string reason = mode == BuildMode.UpToDate ? "up to date"
            : whole.Count > 0 ? string.Join("; ", whole)
            : "input changed: " + string.Join(", ", changes.Select(c => $"{c.Table} v{c.From} to v{c.To}"));
        return new()
        {
            Mode = mode, Reason = reason, Current = current, Inputs = inputs, Changes = [.. changes],
            IsAnew = whole.Count > 0,
        };
    }

    /// <summary>A hash of names and types of a version's columns, to tell when an input has others.</summary>
    public static string ColumnsOf(Snapshot snapshot) => ColumnsOf(snapshot.Metadata.Schema);

    /// <summary>The same of a schema.</summary>
    public static string ColumnsOf(TableSchema schema) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', schema.Fields.Select(f => $"{f.Name} {f.Type}")))))[..32];

    private async Task<BuildChange?> ChangeAsync(
        TableName table, long from, long to, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            return null;
        }

        ChangedFiles changed = await Open(table).ChangedFilesAsync(from, to, cancellationToken);
        return changed.Added.Length + changed.Removed.Length == 0
            ? null
            : new(table, from, to, changed.Added, changed.Removed);
    }

    /// <summary>
    /// What changed is read from the files that came and went; those that went are vacuum's some day.
    /// </summary>
    private bool HasFiles(BuildChange change)
    {
        string folder = lake.TableFolder(change.Table, catalog.Get(change.Table).Layer);
        return change.Added.Concat(change.Removed).All(f => File.Exists(Path.Combine(folder, f.Path)));
    }

    /// <summary>The inputs, or why one of them cannot be read yet.</summary>
    private async Task<(ImmutableSortedDictionary<TableName, Snapshot> Inputs, LandfallException? Unready)>
        LoadInputsAsync(
            BuildDefinition definition, IReadOnlyDictionary<TableName, long> pins, CancellationToken cancellationToken)
    {
        var inputs = ImmutableSortedDictionary.CreateBuilder<TableName, Snapshot>();
        foreach (TableName table in definition.Reads)
        {
            long? version = pins.TryGetValue(table, out long pinned) ? pinned : null;
            Snapshot? snapshot = await Open(table).TryLoadAsync(version, cancellationToken);
            if (WhyUnready(definition, table, snapshot) is { } unready)
            {
                return (inputs.ToImmutable(), unready);
            }

            inputs[table] = snapshot!;
        }

        return (inputs.ToImmutable(), null);
    }

    private LandfallException? WhyUnready(BuildDefinition definition, TableName table, Snapshot? snapshot)
    {
        if (snapshot is null)
        {
            return new(
                "LF4011",
                $"{definition.Table.Name} reads {table}, which has no data yet. Nothing was built. "
                + $"Bring data to it with: landfall run --select +{definition.Table.UnitId}");
        }

        CatalogTable entry = catalog.Get(table);
        return entry.Contract is null || ColumnsOf(snapshot) == ColumnsOf(ContractSchema.Of(entry.Table))
            ? null
            : new(
                "LF4248",
                $"{definition.Table.Name} reads {table}, which has not the columns of its contract yet: "
                + $"{ContractDrift.Of(entry, snapshot).Text}. Nothing was built; the table is as it was. Bring both "
                + $"up to date with: landfall run --select +{definition.Table.UnitId}");
    }

    private DeltaTable Open(TableName table) => lake.Open(lake.TableFolder(table, catalog.Get(table).Layer));
}
