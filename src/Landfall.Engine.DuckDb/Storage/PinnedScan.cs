using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Selects over the pinned files of tables.</summary>
public static class PinnedScan
{
    /// <summary>A select of a table's rows; see <see cref="DeltaScan"/>.</summary>
    public static string Sql(PinnedTable table) => Sql(table, table.Files);

    /// <summary>A select of the rows of a table that is a step's data files.</summary>
    public static string Sql(string tableFolder, TableSchema schema, IEnumerable<DataFile> files) =>
        DeltaScan.Sql(tableFolder, schema, [.. files.Select(f => FileOf(PinnedFile.Of(f)))]);

    /// <summary>
    /// A select of the rows that came or went: those of a rewritten file that are as they were cancel out.
    /// </summary>
    public static string Changes(PinnedTable table, RowChanges changes)
    {
        string added = Sql(table, changes.Added);
        string removed = Sql(table, changes.Removed);
        return changes.Removed.IsEmpty ? added
            : changes.Added.IsEmpty ? removed
            : $"(select * from ({added}) except all select * from ({removed})) "
              + $"union all (select * from ({removed}) except all select * from ({added}))";
    }

    private static string Sql(PinnedTable table, ImmutableArray<PinnedFile> files) =>
        DeltaScan.Sql(table.Folder, TableSchema.Parse(table.Schema), [.. files.Select(FileOf)]);

    private static AddFile FileOf(PinnedFile file) =>
        new() { Path = file.Path, Size = 0, ModificationTime = 0, PartitionValues = file.PartitionValues };
}
