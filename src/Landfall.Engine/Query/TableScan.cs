using Landfall.Delta;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Planning;

namespace Landfall.Engine.Query;

/// <summary>A select over the data files of a table of the catalogue.</summary>
public static class TableScan
{
    /// <summary>The select of a version, the newest by default; null where the table has no version yet.</summary>
    public static async Task<string?> OfAsync(
        EngineSession session, CatalogTable table, long? version, CancellationToken cancellationToken)
    {
        Snapshot? snapshot = await session.Open(table).TryLoadAsync(version, cancellationToken);
        return snapshot is null
            ? null
            : DeltaScan.Sql(session.Lake.TableFolder(table.Name, table.Layer), snapshot.Metadata.Schema,
            snapshot.Files);
    }
}
