using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Engine.Query;

/// <summary>Reads how the tables of an estate stand: version, size and freshness. Changes nothing.</summary>
/// <param name="session">The open estate.</param>
/// <param name="analysis">What builds its tables.</param>
public sealed class StatusReader(EngineSession session, EstateAnalysis analysis)
{
    private readonly Dictionary<TableName, DateTimeOffset?> _sourceTimes = [];

    /// <summary>
    /// The status of every enriched, product and platform table, and of quarantine tables that have rows, by name.
    /// </summary>
    public async Task<IReadOnlyList<TableStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        List<TableStatus> statuses = [];
        foreach (CatalogTable table in session.Catalog.Tables)
        {
            TableStatus status = await ReadAsync(table, cancellationToken);
            if (table.Kind != TableKind.Quarantine || status.Rows != 0)
            {
                statuses.Add(status);
            }
        }

        return statuses;
    }

    private async Task<TableStatus> ReadAsync(CatalogTable table, CancellationToken cancellationToken)
    {
        Snapshot? snapshot = await session.Open(table).TryLoadAsync(null, cancellationToken);
        DateTimeOffset? sourceTime = snapshot is null ? null : await SourceTimeAsync(table.Name, cancellationToken);
        return new()
        {
            Table = table,
            Version = snapshot?.Version ?? -1,
            Rows = snapshot is null ? 0 : RowsOf(snapshot),
            Files = snapshot?.Files.Length ?? 0,
            Bytes = snapshot?.Files.Sum(f => f.Size) ?? 0,
            Committed = snapshot?.Timestamp,
            SourceTime = sourceTime,
            Age = sourceTime is { } at ? session.Clock.GetUtcNow() - at : null,
        };
    }

    private static long RowsOf(Snapshot snapshot) => snapshot.Files.Any(f => f.Statistics is null)
        ? -1
        : snapshot.Files.Sum(f => f.Statistics!.NumRecords);

    /// <summary>An enriched table is as new as its newest landed batch, a product as its oldest input.</summary>
    private async Task<DateTimeOffset?> SourceTimeAsync(TableName table, CancellationToken cancellationToken)
    {
        if (_sourceTimes.TryGetValue(table, out DateTimeOffset? known))
        {
            return known;
        }

        DateTimeOffset? time = null;
        if (analysis.FindDefinition(table) is { } model)
        {
            foreach (TableName input in model.Reads)
            {
                DateTimeOffset? of = await SourceTimeAsync(input, cancellationToken);
                time = time is null || of < time ? of : time;
            }
        }
        else if (session.Catalog.TryFind(table, out CatalogTable? entry) && entry.Kind == TableKind.Enriched)
        {
            time = await Register.NewestTimeAsync(session.Lake, table, cancellationToken);
        }

        return _sourceTimes[table] = time;
    }
}
