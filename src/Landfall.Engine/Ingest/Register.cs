using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Posix;

namespace Landfall.Engine.Ingest;

/// <summary>
/// The register of an integration: a Delta table with a row for each landed file. A batch exists once its rows are
/// committed. Immutable: what was committed after loading is not seen.
/// </summary>
internal sealed class Register
{
    /// <summary>Name of the register's folder and table.</summary>
    public const string TableName = "_register";

    private static readonly TableSchema Schema = new(
    [
        new("batch", DataType.BigInt), new("table_name", DataType.String), new("file", DataType.String),
        new("path", DataType.String), new("size", DataType.BigInt), new("modified", DataType.Timestamp),
        new("sha256", DataType.String), new("source_time", DataType.Timestamp), new("rows", DataType.BigInt),
        new("cursor", DataType.String), new("state_hash", DataType.String), new("landed_at", DataType.Timestamp),
    ]);

    private readonly DeltaTable _delta;
    private readonly string _folder;

    private Register(DeltaTable delta, string folder, Snapshot? snapshot, ImmutableArray<RegisterEntry> entries)
    {
        _delta = delta;
        _folder = folder;
        Snapshot = snapshot;
        Entries = entries;
        LastBatch = entries.Length == 0 ? 0 : entries.Max(e => e.Batch);
    }

    /// <summary>Rows in order of batch and file; a file touched since has another row with its newer time.</summary>
    public ImmutableArray<RegisterEntry> Entries { get; }

    /// <summary>The greatest batch; 0 where nothing was landed.</summary>
    public long LastBatch { get; }

    /// <summary>The table's version that was read; null where it does not exist yet.</summary>
    public Snapshot? Snapshot { get; }

    /// <summary>Reads the register of an integration.</summary>
    public static async Task<Register> LoadAsync(Lake lake, string unitFolder, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(unitFolder, TableName);
        DeltaTable delta = lake.Open(folder);
        Snapshot? snapshot = await delta.TryLoadAsync(null, cancellationToken);
        return new(delta, folder, snapshot, snapshot is null ? [] : Read(folder, snapshot, cancellationToken));
    }

    /// <summary>Rows of a table's files, each file once, in order of batch and file.</summary>
    public ImmutableArray<RegisterEntry> FilesOf(string table) =>
        [.. Entries.Where(e => e.Table == table).DistinctBy(e => e.Path)];

    /// <summary>Commits rows; with a new batch its number too, so that it is committed once.</summary>
    public async Task AppendAsync(
        IngestContext context, IReadOnlyList<RegisterEntry> entries, CancellationToken cancellationToken)
    {
        Transaction transaction = _delta.Begin(Snapshot, "WRITE");
        if (Snapshot is null)
        {
            transaction.SetSchema(Schema, []);
        }

        foreach (DataFile file in Write(context, entries, cancellationToken))
        {
            transaction.Add(file.ToAddFile(context.Clock.GetUtcNow()));
        }

        long batch = entries.Max(e => e.Batch);
        if (batch > LastBatch)
        {
            transaction.SetTransaction(
                $"landfall/{context.Node.Zone.SqlName}/{context.Integration.SqlName}/register", batch);
        }

        JsonObject details = new() { ["batch"] = batch, ["files"] = entries.Count,
            ["bytes"] = entries.Sum(e => e.Size) };
        Estate.TableName name = new(context.Node.Zone.SqlName, context.Integration.SqlName, TableName);
        await context.CommitAsync(name, _delta, transaction, details, cancellationToken);
    }

    private static ImmutableArray<RegisterEntry> Read(string folder,
        Snapshot snapshot, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Small();
        using DuckDbConnection connection = database.Connect();
        using DuckDbResult rows = connection.Query(
            "select batch, table_name, file, path, size, epoch_us(modified), sha256, epoch_us(source_time), rows, "
                + "cursor, "
            + $"state_hash, epoch_us(landed_at) from ({DeltaScan.Sql(folder, Schema, snapshot.Files)}) "
            + "order by batch, table_name, file, landed_at",
            cancellationToken);
        return
        [
            .. rows.Rows().Select(r => new RegisterEntry
            {
                Batch = (long)r[0]!,
                Table = (string)r[1]!,
                File = (string)r[2]!,
                Path = (string)r[3]!,
                Size = (long)r[4]!,
                Modified = (long)r[5]!,
                Sha256 = (string)r[6]!,
                SourceTime = (long)r[7]!,
                Rows = (long?)r[8],
                Cursor = (string?)r[9],
                StateHash = (string?)r[10],
                LandedAt = (long)r[11]!,
            }),
        ];
    }

    private IReadOnlyList<DataFile> Write(
        IngestContext context, IReadOnlyList<RegisterEntry> entries, CancellationToken cancellationToken)
    {
        PosixCalls.CreateFolder(_folder);
        using DuckDbDatabase database = Databases.Small();
        using DuckDbConnection connection = database.Connect();
        connection.Execute(
            "create table entries (batch BIGINT, table_name VARCHAR, file VARCHAR, path VARCHAR, size BIGINT, "
            + "modified BIGINT, sha256 VARCHAR, source_time BIGINT, rows BIGINT, cursor VARCHAR, state_hash VARCHAR, "
            + "landed_at BIGINT)",
            cancellationToken);
        foreach (RegisterEntry[] some in entries.Chunk(500))
        {
            connection.Execute($"insert into entries values {string.Join(", ", some.Select(RowOf))}",
                cancellationToken);
        }

        return DataFileWriter.Write(
            connection,
            "select * replace (make_timestamptz(modified) as modified, make_timestamptz(source_time) as source_time, "
            + "make_timestamptz(landed_at) as landed_at) from entries",
            Schema, _folder, context.StepId, cancellationToken);
    }

    private static string RowOf(RegisterEntry e) => string.Create(
        CultureInfo.InvariantCulture,
        $"({e.Batch}, {Text(e.Table)}, {Text(e.File)}, {Text(e.Path)}, {e.Size}, {e.Modified}, {Text(e.Sha256)}, "
        + $"{e.SourceTime}, {e.Rows?.ToString(CultureInfo.InvariantCulture) ?? "null"}, {Text(e.Cursor)}, "
        + $"{Text(e.StateHash)}, {e.LandedAt})");

    private static string Text(string? value) => value is null ? "null" : Relations.Literal(value);
}
