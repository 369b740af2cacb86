using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Schema;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>
/// A Delta table in any folder, of any writer: what the protocol lets a table have is read, or refused by name. Not
/// safe for concurrent use; dispose it at the end.
/// </summary>
public sealed class StoredTable : IDisposable
{
    private readonly DuckDbDatabase _database = Databases.Large();
    private readonly List<IDisposable> _opened = [];

    /// <summary>Opens the table in a folder; reads nothing yet.</summary>
    /// <param name="folder">The folder that holds <c>_delta_log</c>.</param>
    /// <param name="clock">Time; only commits would need it.</param>
    public StoredTable(string folder, TimeProvider clock)
    {
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Log = new DeltaTable(new PosixLogStore(Folder), new DuckDbParquetIo(_database, Folder), clock)
        {
            LoadsEveryTable = true,
        };
    }

    /// <summary>Absolute path of the table.</summary>
    public string Folder { get; }

    /// <summary>The table's log.</summary>
    public DeltaTable Log { get; }

    /// <summary>A version: by number, as of a time, or the newest.</summary>
    /// <exception cref="LandfallException">
    /// LF4203, LF4204: no such version, or no longer; LF4207: there is no table.
    /// </exception>
    public async Task<Snapshot> LoadAsync(long? version, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        long? wanted = at is { } time ? await Log.VersionAtAsync(time, cancellationToken) : version;
        return await Log.TryLoadAsync(wanted, cancellationToken) ?? throw new LandfallException(
            "LF4207", $"There is no Delta table in {Folder}: it has no log. Nothing was read.");
    }

    /// <summary>The rows of a version, in no particular order.</summary>
    /// <param name="snapshot">The version.</param>
    /// <param name="columns">Names of columns to read; none for all.</param>
    /// <param name="limit">Rows at most; null for all.</param>
    /// <param name="cancellationToken">Ends the reading, also while rows are taken.</param>
    /// <exception cref="CorruptTableException">A file is missing or damaged.</exception>
    /// <exception cref="UnsupportedTableException">A column has a type that is not known.</exception>
    /// <exception cref="LandfallException">LF4208: there is no such column.</exception>
    public StoredRows Read(
        Snapshot snapshot, IReadOnlyList<string> columns, long? limit, CancellationToken cancellationToken)
    {
        StoredSchema schema = StoredSchema.Of(snapshot);
        ImmutableArray<StoredField> fields = columns.Count == 0 ? schema.Fields
            : [.. columns.Select(c => FieldOf(schema, c))];
        if (snapshot.Files.FirstOrDefault(f => f.Path.Contains("://", StringComparison.Ordinal)) is { } remote)
        {
            throw UnsupportedTableException.ToRead("files at " + remote.Path[..(remote.Path.IndexOf(':') + 3)]);
        }

        (string Path, AddFile File)[] files =
            [.. snapshot.Files.Select(f => (Path.GetFullPath(f.Path, Folder), f))];
        if (files.FirstOrDefault(f => !File.Exists(f.Path)) is { File: { } missing })
        {
            throw new CorruptTableException(missing.Path, "the data file is missing");
        }

        DuckDbConnection connection = Keep(_database.Connect());
        StoredScan scan = new(connection, Folder, schema, snapshot.Metadata.PartitionColumns, files, Keep);
        try
        {
            string sql = scan.Sql(fields, cancellationToken) + (limit is null ? "" : $" limit {limit}");
            return new(connection.Query(sql, cancellationToken), e => Explain(e, files));
        }
        catch (DuckDbException e)
        {
            throw Explain(e, files);
        }
    }

    /// <summary>Closes what was opened.</summary>
    public void Dispose()
    {
        foreach (IDisposable opened in Enumerable.Reverse(_opened))
        {
            opened.Dispose();
        }

        _database.Dispose();
    }

    private static StoredField FieldOf(StoredSchema schema, string name) =>
        schema.Fields.FirstOrDefault(f => f.Name == name)
        ?? schema.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new LandfallException(
            "LF4208",
            $"The table has no column {name}; it has {string.Join(", ", schema.Fields.Select(f => f.Name))}. Nothing "
            + "was read.");

    /// <summary>DuckDB's messages may hold values of rows; what is told names the file or the kind of error.</summary>
    private LandfallException Explain(DuckDbException failure, IEnumerable<(string Path, AddFile File)> files)
    {
        foreach (DuckDbTableFunction function in _opened.OfType<DuckDbTableFunction>())
        {
            function.ThrowIfFailed();
        }

        return files.FirstOrDefault(f => failure.Message.Contains(f.Path, StringComparison.Ordinal)) is
            { File: { } damaged }
            ? new CorruptTableException(damaged.Path, "the data file is damaged", failure)
            : new LandfallException(
                "LF4209",
                $"The rows of the table in {Folder} cannot be read as its schema says ({failure.ErrorType} error). "
                + "Nothing was changed. Look what is wrong with: landfall delta check " + Folder,
                failure);
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
