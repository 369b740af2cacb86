using Landfall.Delta;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Storage;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// The rows that came to a table and went from it. A file that is rewritten for a few of its rows brings the others
/// back as they were, which changes nothing: those cancel out.
/// </summary>
internal static class ChangedRows
{
    /// <summary>A select of the rows that came or went.</summary>
    public static string Sql(string tableFolder, TableSchema schema, BuildChange change)
    {
        string added = DeltaScan.Sql(tableFolder, schema, change.Added);
        string removed = DeltaScan.Sql(tableFolder, schema, change.Removed);
        return change.Removed.IsEmpty ? added
            : change.Added.IsEmpty ? removed
            : $"(select * from ({added}) except all select * from ({removed})) "
              + $"union all (select * from ({removed}) except all select * from ({added}))";
    }
}
