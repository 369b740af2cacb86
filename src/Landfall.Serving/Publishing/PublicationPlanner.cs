using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Build;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Serving.Schemas;

namespace Landfall.Serving.Publishing;

/// <summary>Compares what is published of a unit with the lake and the contract.</summary>
/// <param name="host">The step; its pins are the versions that the run made.</param>
/// <param name="unit">The unit.</param>
/// <param name="schema">Its statements at this server.</param>
internal sealed class PublicationPlanner(IStepHost host, ServedUnit unit, SchemaScript schema)
{
    private const int ShownValues = 6;

    /// <summary>Says what a publication has to do.</summary>
    /// <exception cref="LandfallException">LF4248: a table has not the columns of its contract yet.</exception>
    public async Task<PublicationPlan> PlanAsync(PublicationState state, CancellationToken cancellationToken)
    {
        string rebuilds = WhyAnew(state);
        var tables = ImmutableArray.CreateBuilder<TablePublication>();
        foreach (ServedTable table in unit.Tables)
        {
            tables.Add(await PlanAsync(table, state, rebuilds.Length > 0, cancellationToken));
        }

        return new(
            rebuilds, tables.ToImmutable(), state.Texts != schema.Texts || state.Words != state.WordsNow
                || state.Mark.Length > 0);
    }

    private string WhyAnew(PublicationState state) =>
        state.Structure.Length == 0
            ? state.HasSchema ? "a schema of its name was there that nobody published" : "first publication"
        : host.FullRefresh ? "full refresh asked for"
        : state.Structure != schema.Structure ? "its contract changed"
        : state.Shape != state.ShapeNow || unit.Tables.Any(t => !state.Tables.ContainsKey(t.Name.Table))
            ? "its schema was changed by hand"
        : "";

    private async Task<TablePublication> PlanAsync(
        ServedTable table, PublicationState state, bool rebuilds, CancellationToken cancellationToken)
    {
        CatalogTable entry = host.Catalog.Get(table.Name);
        DeltaTable delta = host.Lake.Open(host.Lake.TableFolder(entry.Name, entry.Layer));
        long? version = host.Pins.TryGetValue(table.Name, out long pinned) ? pinned : null;
        if (await delta.TryLoadAsync(version, cancellationToken) is not { } snapshot)
        {
            TablePublication empty = new() { Table = table, DeltaId = "", Version = -1 };
            return rebuilds || state.Tables[table.Name.Table].Version < 0 ? empty
                : Whole(empty, $"{table.Name.Table} is gone from the lake");
        }

        RequireColumns(entry, snapshot);
        TablePublication target = new()
        {
            Table = table, DeltaId = snapshot.Metadata.Id, Version = snapshot.Version,
        };
        if (rebuilds)
        {
            return With(target, snapshot.Files);
        }

        PublishedTable published = state.Tables[table.Name.Table];
        string? whole = published.Changed ? $"{table.Name.Table} was changed by hand"
            : published.DeltaId != snapshot.Metadata.Id || published.Version > snapshot.Version
                ? $"{table.Name.Table} v{snapshot.Version} was made anew"
            : null;
        return whole is not null
            ? Whole(With(target, snapshot.Files), whole)
            : await ChangedAsync(target, delta, published.Version, snapshot, cancellationToken);
    }

    private static async Task<TablePublication> ChangedAsync(
        TablePublication target, DeltaTable delta, long from, Snapshot snapshot, CancellationToken cancellationToken)
    {
        string name = target.Table.Name.Table;
        string reason = $"{name} v{from} to v{snapshot.Version}";
        ChangedFiles changed;
        try
        {
            changed = await delta.ChangedFilesAsync(from, snapshot.Version, cancellationToken);
        }
        catch (VersionGoneException)
        {
            return Whole(With(target, snapshot.Files), $"{reason}, whose log was cleaned up");
        }

        if (changed.Added.Length + changed.Removed.Length == 0)
        {
            return target;
        }

        if (snapshot.Metadata.PartitionColumns is [string column] && column == target.Table.Partition)
        {
            return Parts(target, changed, snapshot, column, reason);
        }

        // What optimize has joined since stands in files that are not among those that came.
        HashSet<string> there = [.. snapshot.Files.Select(f => f.Path)];
        return changed.Removed.IsEmpty && changed.Added.All(f => there.Contains(f.Path))
            && changed.Added.DistinctBy(f => f.Path).Count() == changed.Added.Length
            ? With(target, changed.Added) with { Reason = reason }
            : Whole(With(target, snapshot.Files), reason);
    }

    private static TablePublication Parts(
        TablePublication target, ChangedFiles changed, Snapshot snapshot, string column, string reason)
    {
        string?[] values =
        [
            .. changed.Added.Concat(changed.Removed).Select(f => f.PartitionValue(column)).Distinct()
                .Order(StringComparer.Ordinal),
        ];
        string shown = string.Join(", ", values.Take(ShownValues).Select(v => v ?? "null"))
            + (values.Length > ShownValues ? $" and {values.Length - ShownValues} more" : "");
        return With(target, [.. snapshot.Files.Where(f => values.Contains(f.PartitionValue(column)))]) with
        {
            Removes = true, Values = [.. values], Reason = $"{reason}: {column} {shown}",
        };
    }

    private static TablePublication Whole(TablePublication table, string reason) =>
        table with { Removes = true, Reason = reason };

    private static TablePublication With(TablePublication table, ImmutableArray<AddFile> files) => table with
    {
        Files = [.. files.Select(PinnedFile.Of)],
        Rows = files.All(f => f.Statistics is not null) ? files.Sum(f => f.Statistics!.NumRecords) : null,
    };

    private static void RequireColumns(CatalogTable entry, Snapshot snapshot)
    {
        if (BuildAssessor.ColumnsOf(snapshot) != BuildAssessor.ColumnsOf(ContractSchema.Of(entry.Table)))
        {
            throw new LandfallException(
                "LF4248",
                $"{entry.Name} has not the columns of its contract yet. Nothing was published; what was published "
                + $"before stays. Bring it up to date with: landfall run --select +{entry.UnitId}");
        }
    }
}
