using System.Globalization;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;

namespace Landfall.Engine.Spark.Reading;

/// <summary>
/// Makes pinned files of Delta tables readable in a session: just these files, with the columns of the schema in order
/// and exactly their types. Columns that files lack are null, partition columns come from the log; no files give no
/// rows.
/// </summary>
/// <param name="session">The session, which keeps the views.</param>
internal sealed class SparkTables(SparkSession session)
{
    private int _views;

    /// <summary>A select of a table's rows.</summary>
    public Task<string> SelectAsync(PinnedTable table, CancellationToken cancellationToken) =>
        SelectAsync(table.Folder, TableSchema.Parse(table.Schema), table.Files, cancellationToken);

    /// <summary>A select of the rows of files.</summary>
    /// <param name="folder">Absolute folder of the table.</param>
    /// <param name="schema">Columns to read.</param>
    /// <param name="files">The files, of one table.</param>
    /// <param name="cancellationToken">Ends the making of views.</param>
    public async Task<string> SelectAsync(
        string folder, TableSchema schema, IReadOnlyCollection<PinnedFile> files, CancellationToken cancellationToken)
    {
        List<string> selects = [];

        // One select for each combination of partition values, which are constants in it: a filter on them prunes.
        foreach (IGrouping<string, PinnedFile> group in files.GroupBy(PartitionOf))
        {
            selects.Add(await GroupAsync(folder, schema, [.. group], cancellationToken));
        }

        return selects.Count == 0 ? Nothing(schema) : string.Join(" union all ", selects);
    }

    /// <summary>
    /// A select of the rows that came or went: those of a rewritten file that are as they were cancel out.
    /// </summary>
    public async Task<string> ChangesAsync(
        PinnedTable table, RowChanges changes, CancellationToken cancellationToken)
    {
        TableSchema schema = TableSchema.Parse(table.Schema);
        string added = await SelectAsync(table.Folder, schema, changes.Added, cancellationToken);
        string removed = await SelectAsync(table.Folder, schema, changes.Removed, cancellationToken);
        return changes.Removed.IsEmpty ? added
            : changes.Added.IsEmpty ? removed
            : $"(select * from ({added}) except all select * from ({removed})) "
              + $"union all (select * from ({removed}) except all select * from ({added}))";
    }

    /// <summary>Makes a select readable under a name.</summary>
    /// <returns>The name, as SQL has it.</returns>
    public async Task<string> ViewAsync(string select, CancellationToken cancellationToken)
    {
        string name = NextName();
        await session.ExecuteAsync(
            $"create or replace temporary view {SparkSql.Name(name)} as {select}", cancellationToken);
        return SparkSql.Name(name);
    }

    private async Task<string> GroupAsync(
        string folder, TableSchema schema, PinnedFile[] files, CancellationToken cancellationToken)
    {
        var partition = files[0].PartitionValues;
        SchemaField[] stored = [.. schema.Fields.Where(f => !partition.ContainsKey(f.Name))];
        string view = NextName();
        await session.CreateViewAsync(
            view,
            new("parquet", stored.Length == 0 ? null : SchemaOf(stored),
                [.. files.Select(f => Path.Combine(folder, f.Path))]),
            cancellationToken);
        IEnumerable<string> columns = schema.Fields.Select(f =>
            $"cast({(partition.TryGetValue(f.Name, out string? value) ? Constant(value) : SparkSql.Name(f.Name))} as "
            + $"{SparkSql.Type(f.Type)}) as {SparkSql.Name(f.Name)}");
        return $"select {string.Join(", ", columns)} from {SparkSql.Name(view)}";
    }

    private static string PartitionOf(PinnedFile file) => string.Join(
        '\0', file.PartitionValues.Select(v => $"{v.Key}\0{(v.Value is null ? 'n' : 'v')}{v.Value}"));

    private static string SchemaOf(IEnumerable<SchemaField> fields) =>
        string.Join(", ", fields.Select(f => $"{SparkSql.Name(f.Name)} {SparkSql.Type(f.Type)}"));

    private static string Constant(string? value) =>
        string.IsNullOrEmpty(value) ? "null" : SparkSql.Literal(value);

    private static string Nothing(TableSchema schema) => "select "
        + string.Join(", ", schema.Fields.Select(
            f => $"cast(null as {SparkSql.Type(f.Type)}) as {SparkSql.Name(f.Name)}"))
        + " where false";

    private string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"landfall_rows_{Interlocked.Increment(ref _views)}");
}
