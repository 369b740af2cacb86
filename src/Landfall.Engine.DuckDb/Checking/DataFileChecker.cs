using System.Globalization;
using Landfall.Delta;
using Landfall.Delta.Checking;
using Landfall.Delta.Schema;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Reading;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Checking;

/// <summary>Checks data files of a version against what the log says of them.</summary>
internal sealed class DataFileChecker
{
    private const string FileCode = "LF4236";
    private const string StatisticsCode = "LF4237";
    private const string Rewrite =
        "Write the file's rows anew with optimize or a rebuild, or restore an earlier version.";

    private readonly string _tableFolder;
    private readonly Snapshot _snapshot;
    private readonly DuckDbConnection _connection;
    private readonly TableSchema? _schema;

    /// <summary>Makes a checker of a version's files.</summary>
    public DataFileChecker(string tableFolder, Snapshot snapshot, DuckDbConnection connection)
    {
        (_tableFolder, _snapshot, _connection) = (tableFolder, snapshot, connection);
        try
        {
            bool isMapped = StoredSchema.Of(snapshot).Mapping != ColumnMapping.None;
            _schema = isMapped ? null : snapshot.Metadata.Schema;
            Limit = isMapped ? LimitBy("columnMapping") : null;
        }
        catch (UnsupportedTableException e)
        {
            Limit = LimitBy(e.Feature);
        }
    }

    /// <summary>What is not checked, and why; null where everything is.</summary>
    public CheckFinding? Limit { get; }

    /// <summary>What is wrong with a file.</summary>
    public IEnumerable<CheckFinding> Check(AddFile file, bool deep, CancellationToken cancellationToken)
    {
        string path = Path.Combine(_tableFolder, file.Path);
        foreach (CheckFinding finding in CheckPartition(file))
        {
            yield return finding;
        }

        if (CheckPresence(file, path) is { } absent)
        {
            yield return absent;
            yield break;
        }

        if (deep && (ParquetChecksum.Verify(path) ?? FileTags.Verify(file, path)) == false)
        {
            yield return Broken(
                file, "its bytes are not those that were written: they do not match their hash",
                "Reading the table fails, or gives other values.");
            yield break;
        }

        (FileContent? content, CheckFinding? fault) = Open(file, path, cancellationToken);
        if (content is null)
        {
            yield return fault!;
            yield break;
        }

        foreach (CheckFinding finding in CheckColumns(file, content))
        {
            yield return finding;
        }

        if (CheckDeletionVector(file, content) is { } vector)
        {
            yield return vector;
        }

        foreach (CheckFinding finding in CheckStatistics(file, content, cancellationToken))
        {
            yield return finding;
        }

        if (deep && Decode(file, content, cancellationToken) is { } damaged)
        {
            yield return damaged;
        }
    }

    private static CheckFinding Broken(AddFile file, string problem, string meaning) =>
        new(CheckSeverity.Error, FileCode, file.Path, problem, meaning, "Restore the file from a copy, "
            + "or the table to an earlier version.");

    private static CheckFinding LimitBy(string feature) => new(
        CheckSeverity.Information, StatisticsCode, "_delta_log",
        $"columns and their statistics are not compared: the table uses {feature}",
        "Files, sizes, row counts, deletion vectors and the log are checked all the same.", "Nothing.");

    /// <summary>Its rows must be rows of the file.</summary>
    private CheckFinding? CheckDeletionVector(AddFile file, FileContent content)
    {
        try
        {
            return file.DeletionVector is null
                || DeletionVectorFile.Read(_tableFolder, file).LastOrDefault(-1) < content.Rows
                ? null
                : Broken(file, "its deletion vector names rows that it does not have", "Readers fail.");
        }
        catch (CorruptTableException e)
        {
            return Broken(file, e.Message, "Deleted rows cannot be told from others; readers fail.");
        }
    }

    private static CheckFinding? CheckPresence(AddFile file, string path)
    {
        var info = new FileInfo(path);
        return !info.Exists
                ? Broken(file, "the file is missing", "Reading the table fails, or misses the file's rows.")
            : info.Length != file.Size
                ? Broken(
                    file,
                    string.Create(
                        CultureInfo.InvariantCulture, $"it has {info.Length} bytes, the log says {file.Size}"),
                    "It was cut off or changed after it was committed; readers that trust the size fail.")
            : null;
    }

    private IEnumerable<CheckFinding> CheckPartition(AddFile file)
    {
        foreach (string column in _schema is null ? [] : _snapshot.Metadata.PartitionColumns)
        {
            bool known = file.PartitionValues.TryGetValue(column, out string? value);
            SchemaField? field = _schema!.Fields.FirstOrDefault(f => f.Name == column);
            bool parses = known && (string.IsNullOrEmpty(value) || field is null || _connection.Scalar<bool>(
                $"select try_cast({SqlText.Literal(value)} as {DuckDbTypes.Name(field.Type)}) is not null"));
            if (!parses)
            {
                yield return Broken(
                    file, $"its value of partition column {column} is {(known ? "no such type" : "missing")}",
                    "Readers fail, or take it for NULL.");
            }
        }
    }

    private (FileContent? Content, CheckFinding? Fault) Open(
        AddFile file, string path, CancellationToken cancellationToken)
    {
        string scan = $"read_parquet({SqlText.Literal(path)}, hive_partitioning = false)";
        try
        {
            long rows = _connection.Scalar<long>(
                $"select num_rows::bigint from parquet_file_metadata({SqlText.Literal(path)})", cancellationToken);
            using DuckDbResult columns = _connection.Query($"select * from {scan} limit 0", cancellationToken);
            var types = columns.Columns.ToDictionary(c => c.Name, c => c.Type, StringComparer.Ordinal);
            return (new(scan, rows, types), null);
        }
        catch (DuckDbException e)
        {
            return (null, Broken(
                file, $"it is not readable as Parquet ({FirstLine(e)})", "Reading the table fails."));
        }
    }

    private IEnumerable<CheckFinding> CheckColumns(AddFile file, FileContent content)
    {
        foreach (SchemaField field in _schema?.Fields.Where(f => !file.PartitionValues.ContainsKey(f.Name)) ?? [])
        {
            if (content.Columns.TryGetValue(field.Name, out DuckDbType? type)
                ? !TypeFamily.Holds(field.Type, type) : !field.Nullable)
            {
                yield return Broken(
                    file,
                    type is null ? $"column {field.Name}, which is never null, is not in it"
                        : $"its column {field.Name} is {type}, the table's is {field.Type}",
                    "Readers fail, or read something else.");
            }
        }
    }

    private IEnumerable<CheckFinding> CheckStatistics(
        AddFile file, FileContent content, CancellationToken cancellationToken)
    {
        if (file.Statistics is not { } statistics)
        {
            yield break;
        }

        StatisticsQuery? query = null;
        CheckFinding? fault = null;
        string[] wrong = [];
        try
        {
            query = _schema is null ? null : StatisticsQuery.Of(statistics, _schema, content);
            wrong = statistics.NumRecords == content.Rows
                ? query is null ? [] : query.Run(_connection, cancellationToken)
                : [string.Create(
                    CultureInfo.InvariantCulture,
                    $"they count {statistics.NumRecords} rows, the file has {content.Rows}")];
        }
        catch (CorruptTableException)
        {
            wrong = ["they are no JSON that says how many rows there are"];
        }
        catch (DuckDbException e)
        {
            fault = Broken(
                file, $"its columns are not readable ({FirstLine(e)})", "Reading the table fails.");
        }

        foreach (string problem in wrong)
        {
            yield return new(
                CheckSeverity.Error, StatisticsCode, file.Path, $"its statistics are wrong: {problem}",
                "Filtered reads and counts miss rows, in every reader that trusts them.", Rewrite);
        }

        foreach (string note in query?.Notes ?? [])
        {
            yield return new(
                CheckSeverity.Warning, StatisticsCode, file.Path, $"of its statistics {note}",
                "Readers may fail on it or pass over it.", Rewrite);
        }

        if (fault is not null)
        {
            yield return fault;
        }
    }

    private CheckFinding? Decode(AddFile file, FileContent content, CancellationToken cancellationToken)
    {
        try
        {
            IEnumerable<string> hashes = content.Columns.Keys.Select(c => $"bit_xor(hash({SqlName.DuckDb(c)}))");
            _ = _connection.Collect($"select {string.Join(", ", hashes)} from {content.Scan}", cancellationToken);
            return null;
        }
        catch (DuckDbException e)
        {
            return Broken(file, $"its values are not readable ({FirstLine(e)})", "Reading the table fails.");
        }
    }

    /// <summary>DuckDB's message without what follows, which may quote values.</summary>
    private static string FirstLine(DuckDbException e) =>
        e.Message.Split('\n')[0] is var line && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            ? line[..colon] : "error";
}
