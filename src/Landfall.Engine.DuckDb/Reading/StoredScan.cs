using System.Collections.Immutable;
using System.Globalization;
using Landfall.Delta;
using Landfall.Delta.Schema;
using Landfall.DuckDb;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>
/// Renders the query that reads a version of a table of any writer: all files in one scan, joined with the partition
/// values that the log gives, less the rows that deletion vectors name.
/// </summary>
/// <param name="connection">The connection that will run it.</param>
/// <param name="tableFolder">Absolute path of the table.</param>
/// <param name="schema">The table's schema.</param>
/// <param name="partitionColumns">Names of partition columns.</param>
/// <param name="files">Absolute path and file.</param>
/// <param name="keep">Takes over what the query needs while it runs.</param>
internal sealed class StoredScan(
    DuckDbConnection connection, string tableFolder, StoredSchema schema, ImmutableArray<string> partitionColumns,
    IReadOnlyList<(string Path, AddFile File)> files, Func<DuckDbTableFunction, DuckDbTableFunction> keep)
{
    private const string NameColumn = "_landfall_name";

    private StoredField[] Partitions => [.. schema.Fields.Where(f => partitionColumns.Contains(f.Name))];

    /// <summary>The query; its rows have the columns given.</summary>
    public string Sql(ImmutableArray<StoredField> fields, CancellationToken cancellationToken)
    {
        if (fields.IsEmpty)
        {
            return "select null where false";
        }

        if (files.Count == 0)
        {
            return "select " + string.Join(", ", fields.Select(
                f => $"cast(null as {StoredTypes.Shown(f.Type)}) as {SqlName.DuckDb(f.Name)}")) + " where false";
        }

        return string.Join(" union all ", Groups(cancellationToken).Select(g => GroupSql(fields, g.Types, g.Files)));
    }

    /// <summary>Files in which columns have the same names; one group but for tables that map by number.</summary>
    private IEnumerable<(StoredTypes Types, IReadOnlyList<(string Path, AddFile File)> Files)> Groups(
        CancellationToken cancellationToken)
    {
        if (schema.Mapping != ColumnMapping.Id)
        {
            return [(new(f => f.PhysicalName), files)];
        }

        IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> names =
            FieldNumbers.Read(connection, files.Select(f => f.Path), cancellationToken);
        return files
            .Select(f => (File: f, Names: names.GetValueOrDefault(f.Path)))
            .GroupBy(f => f.Names is null ? "" : string.Join('\0', f.Names.OrderBy(n => n.Key).Select(n =>
                string.Create(CultureInfo.InvariantCulture, $"{n.Key}\0{n.Value}"))), StringComparer.Ordinal)
            .Select(g => (
                TypesOf(g.First().Names), (IReadOnlyList<(string, AddFile)>)[.. g.Select(f => f.File)]));
    }

    /// <summary>Files without numbers are read by the names that the schema gives.</summary>
    private static StoredTypes TypesOf(IReadOnlyDictionary<int, string>? names) => new(f =>
        names is null || f.Id is not { } id ? f.PhysicalName : names.GetValueOrDefault(id));

    private string GroupSql(
        ImmutableArray<StoredField> fields, StoredTypes types, IReadOnlyList<(string Path, AddFile File)> group)
    {
        (string Path, AddFile File)[] withDeleted = [.. group.Where(f => f.File.DeletionVector is not null)];
        bool needsName = Partitions.Length > 0 || withDeleted.Length > 0;
        Dictionary<string, DuckDbType> read = ReadTypes(types, group);
        string from = $"({Scan(types, group, needsName, withDeleted.Length > 0)}) s";
        if (Partitions.Length > 0)
        {
            from += $" join {Values(group)}() p on p.file = s.{NameColumn}";
        }

        if (withDeleted.Length > 0)
        {
            string deleted = keep(connection.TableFunction(
                "select null::varchar as file, null::bigint as row_number",
                new DeletedRows(tableFolder, withDeleted))).Name;
            from += $" anti join {deleted}() d on d.file = s.{NameColumn} and d.row_number = s.file_row_number";
        }

        return $"select {string.Join(", ", fields.Select(f => Column(f, types, read)))} from {from}";
    }

    private string Column(StoredField field, StoredTypes types, Dictionary<string, DuckDbType> read)
    {
        string shown = StoredTypes.Shown(field.Type);
        int partition = Array.IndexOf(Partitions, field);
        string value = partition >= 0 ? PartitionValue(partition, field.Type, shown)
            : types.NameOf(field) is { } name ? types.Show(
                "s." + SqlName.DuckDb(name), field.Type,
                read.TryGetValue(name, out DuckDbType? type) && type.Id == DuckDbTypeId.Blob)
            : $"cast(null as {shown})";
        return $"{value} as {SqlName.DuckDb(field.Name)}";
    }

    /// <summary>Bytes stand in the log as text of the same bytes; everything else as text that casts.</summary>
    private static string PartitionValue(int partition, StoredType type, string shown) =>
        type.Kind == StoredKind.Binary ? $"encode(p.p{partition})" : $"cast(p.p{partition} as {shown})";

    /// <summary>The types of the files' columns, by stored names, of all files together.</summary>
    /// <exception cref="CorruptTableException">A column is of a type that the schema does not allow.</exception>
    private Dictionary<string, DuckDbType> ReadTypes(
        StoredTypes types, IReadOnlyList<(string Path, AddFile File)> group)
    {
        Dictionary<string, DuckDbType> read = TypesIn(group);
        foreach (StoredField field in schema.Fields.Except(Partitions))
        {
            if (Wrong(field, types, read) is not null)
            {
                (string path, AddFile file) = group.First(
                    f => group.Count == 1 || Wrong(field, types, TypesIn([f])) is not null);
                string found = Wrong(field, types, TypesIn([(path, file)]))?.ToString() ?? "another";
                throw new CorruptTableException(
                    file.Path, $"its column {field.Name} is {found}, the schema says {field.Type}");
            }
        }

        return read;
    }

    private static DuckDbType? Wrong(StoredField field, StoredTypes types, Dictionary<string, DuckDbType> read) =>
        types.NameOf(field) is { } name && read.TryGetValue(name, out DuckDbType? type)
        && !StoredValues.MayBe(field.Type, type, types) ? type : null;

    private Dictionary<string, DuckDbType> TypesIn(IReadOnlyList<(string Path, AddFile File)> group)
    {
        using DuckDbResult columns = connection.Query($"select * from {ParquetOf(group, "")} limit 0");
        return columns.Columns.ToDictionary(c => c.Name, c => c.Type, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Text that does not say so is text where the table has no bytes that it could be.</summary>
    private string ParquetOf(IReadOnlyList<(string Path, AddFile File)> group, string options)
    {
        string paths = string.Join(", ", group.Select(f => SqlText.Literal(GlobEscape.Of(f.Path))));
        string text = schema.Fields.Any(f => HasBytes(f.Type)) ? "" : ", binary_as_string = true";
        return $"read_parquet([{paths}], hive_partitioning = false, union_by_name = true{text}{options})";
    }

    private static bool HasBytes(StoredType type) => type.Kind == StoredKind.Binary
        || (type.Element is { } element && HasBytes(element)) || (type.Key is { } key && HasBytes(key))
        || type.Fields.Any(f => HasBytes(f.Type));

    private string Values(IReadOnlyList<(string Path, AddFile File)> group)
    {
        RequireValues(group);
        string shape = "select null::varchar as file, "
            + string.Join(", ", Partitions.Select((_, i) => $"null::varchar as p{i}"));
        return keep(connection.TableFunction(
            shape, new FileRows(group, [.. Partitions.Select(f => f.PhysicalName)]))).Name;
    }

    /// <exception cref="CorruptTableException">A value is none of its column's type.</exception>
    private void RequireValues(IReadOnlyList<(string Path, AddFile File)> group)
    {
        foreach ((_, AddFile file) in group)
        {
            if (Partitions.FirstOrDefault(f => file.PartitionValues.GetValueOrDefault(f.PhysicalName) is
                { Length: > 0 } text && !StoredValues.IsValue(f.Type, text)) is { } wrong)
            {
                throw new CorruptTableException(
                    file.Path, $"its value of partition column {wrong.Name} is no {wrong.Type}");
            }
        }
    }

    /// <summary>
    /// The files' own columns by their stored names and types: a first select without rows says what a file may lack.
    /// </summary>
    private string Scan(
        StoredTypes types, IReadOnlyList<(string Path, AddFile File)> group, bool withName, bool withRow)
    {
        string name = withName ? $", filename = '{NameColumn}'" : "";
        string row = withRow ? ", file_row_number = true" : "";
        string scan = $"select * from {ParquetOf(group, name + row)}";
        string[] stored =
        [
            .. schema.Fields.Except(Partitions).Where(f => types.NameOf(f) is not null)
                .Select(f => $"cast(null as {types.Stored(f.Type)}) as {SqlName.DuckDb(types.NameOf(f)!)}"),
        ];
        return stored.Length == 0 ? scan
            : $"select {string.Join(", ", stored)} where false union all by name {scan}";
    }
}
