using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.Query;

/// <summary>Answers one select over tables of the estate, and records who read what.</summary>
/// <param name="session">The open estate.</param>
public sealed class QueryRunner(EngineSession session)
{
    /// <summary>
    /// Runs one select. The engine instance that answers may read the tables named in it and nothing else.
    /// </summary>
    /// <exception cref="LandfallException">
    /// What the SQL gate refuses (LF20xx), or LF4031 where a table has no data yet.
    /// </exception>
    public async Task<QueryResult> RunAsync(string sql, CancellationToken cancellationToken)
    {
        AdHocAnalysis query = Check(sql);
        CatalogTable[] tables =
        [
            .. query.Tables.Select(t => session.Catalog.TryFind(t.Name, out CatalogTable? found) ? found : null)
            .OfType<CatalogTable>(),
        ];
        List<PinnedTable> pinned = [];
        foreach (CatalogTable table in tables)
        {
            pinned.Add(await PinAsync(table, cancellationToken));
        }

        await AuditAsync(tables, cancellationToken);
        LeasedFolder scratch = LeasedFolder.Create(session.Home.Scratch);
        try
        {
            return new(scratch, session.Engine.Query(query.Sql, pinned, scratch.Path, cancellationToken));
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    private AdHocAnalysis Check(string sql)
    {
        AdHocAnalysis query = AdHocQuery.Analyze(
            new SqlParser(session.Engine.Sql), sql, session.Catalog.Tables.Select(t => t.Name).ToHashSet());
        return query.Diagnostics is [{ } first, ..]
            ? throw new LandfallException(first.Code, $"{first.Message} {first.Hint}".TrimEnd())
            : query;
    }

    private async Task<PinnedTable> PinAsync(CatalogTable table, CancellationToken cancellationToken) =>
        await session.PinAsync(table, null, cancellationToken) ?? throw new LandfallException(
            "LF4031", $"{table.Name} has no data yet. Bring data to it with: landfall run --select +{table.UnitId}");

    private Task AuditAsync(IEnumerable<CatalogTable> tables, CancellationToken cancellationToken)
    {
        AuditLedger audit = new(session.Platform(PlatformTables.Audit), session.Clock);
        return audit.RecordAsync(
            [.. tables.Select(t => new AuditEntry(Environment.UserName, "query", t.Name, true, "command line", null))],
            cancellationToken);
    }
}
