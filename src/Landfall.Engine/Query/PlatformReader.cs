using Landfall.DuckDb;
using Landfall.Engine.Planning;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Sql;

namespace Landfall.Engine.Query;

/// <summary>Reads the management zone's own tables with the session's engine instance.</summary>
internal static class PlatformReader
{
    /// <summary>Makes a platform table visible; returns its relation, or null where it has no version yet.</summary>
    public static async Task<string?> AttachAsync(
        EngineSession session, DuckDbConnection connection, string name, CancellationToken cancellationToken)
    {
        TableName table = new(TableName.SqlName(session.Estate.Management.Id), PlatformTables.Unit, name);
        if (!session.Catalog.TryFind(table, out CatalogTable? entry)
            || await TableScan.OfAsync(session, entry, null, cancellationToken) is not { } select)
        {
            return null;
        }

        connection.Execute($"create or replace temp view {SqlName.DuckDb(name)} as {select}", cancellationToken);
        return SqlName.DuckDb(name);
    }
}
