using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta.Commits;
using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>
/// Changes to a table that become one version, or none. Begun by <see cref="DeltaTable.Begin"/>; used by one thread.
/// </summary>
public sealed class Transaction
{
    private readonly Committer _committer;
    private readonly TimeProvider _clock;
    private readonly Func<string> _newId;

    internal Transaction(
        Snapshot? read, string operation, Committer committer, TimeProvider clock, Func<string> newId)
    {
        ReadSnapshot = read;
        Operation = operation;
        Id = newId();
        _committer = committer;
        _clock = clock;
        _newId = newId;
    }

    /// <summary>What the transaction starts from; null where it creates the table.</summary>
    public Snapshot? ReadSnapshot { get; }

    /// <summary>The operation's name in the table's history, for example <c>WRITE</c>.</summary>
    public string Operation { get; }

    /// <summary>Identifies the commit, so that an outcome that storage left open can be found out.</summary>
    public string Id { get; }

    /// <summary>
    /// Which concurrent additions may slip in; <see cref="IsolationLevel.WriteSerializable"/> by default.
    /// </summary>
    public IsolationLevel Isolation { get; set; } = IsolationLevel.WriteSerializable;

    /// <summary>
    /// Whether the transaction adds files only and read nothing, so that it conflicts with hardly anything.
    /// </summary>
    public bool IsBlindAppend => Removed.Count == 0 && Reads.IsEmpty;

    internal Dictionary<string, AddFile> Added { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, RemoveFile> Removed { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, long> Transactions { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, JsonNode> Info { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, long> Metrics { get; } = new(StringComparer.Ordinal);

    internal ReadSet Reads { get; } = new();

    internal TableMetadata? NewMetadata { get; private set; }

    /// <summary>Metadata as it will be after the commit.</summary>
    internal TableMetadata Metadata => NewMetadata ?? ReadSnapshot?.Metadata
        ?? throw new InvalidOperationException("A transaction that creates a table needs SetSchema first.");

    /// <summary>
    /// Adds a data file, which must be durable. Throws <see cref="ArgumentException"/> for a path added before.
    /// </summary>
    public void Add(AddFile file)
    {
        if (!Added.TryAdd(file.Path, file))
        {
            throw new ArgumentException($"The file {file.Path} was added before.", nameof(file));
        }
    }

    /// <summary>
    /// Removes a file of the snapshot that was read. This registers no read: whoever chose the file by its content says
    /// so with <see cref="ReadPartitions"/> or <see cref="ReadWholeTable"/>.
    /// </summary>
    /// <param name="file">A file of <see cref="ReadSnapshot"/>; others throw <see cref="ArgumentException"/>.</param>
    /// <param name="dataChange">False where its rows live on in files that are added.</param>
    public void Remove(AddFile file, bool dataChange = true)
    {
        if (ReadSnapshot?.FindFile(file.Path) is not { } known)
        {
            throw new ArgumentException($"The file {file.Path} is not in the version that was read.", nameof(file));
        }

        Removed[known.Path] = RemoveFile.Of(known, 0, dataChange);
    }

    /// <summary>Removes every file and registers the whole table as read: an overwrite.</summary>
    public void RemoveAll()
    {
        ReadWholeTable();
        foreach (AddFile file in ReadSnapshot?.Files ?? [])
        {
            Remove(file);
        }
    }

    /// <summary>
    /// Removes the files that may match a predicate and registers the predicate as read: with a predicate on partition
    /// columns alone, a partition overwrite.
    /// </summary>
    public void RemovePartitions(Predicate predicate)
    {
        ReadPartitions(predicate);
        foreach (AddFile file in ReadSnapshot?.FilesMatching(predicate) ?? [])
        {
            Remove(file);
        }
    }

    /// <summary>Sets schema and partition columns; the table's identity and properties stay.</summary>
    /// <exception cref="LandfallException">LF4205 where Delta does not allow them.</exception>
    public void SetSchema(TableSchema schema, ImmutableArray<string> partitionColumns)
    {
        schema.RequireValid(partitionColumns);
        string text = schema.ToJson();
        NewMetadata = (NewMetadata ?? ReadSnapshot?.Metadata) is { } known
            ? known with { SchemaText = text, PartitionColumns = partitionColumns }
            : new()
            {
                Id = _newId(),
                SchemaText = text,
                PartitionColumns = partitionColumns,
                CreatedTime = _clock.GetUtcNow().ToUnixTimeMilliseconds(),
            };
    }

    /// <summary>Sets a table property, for example <c>delta.appendOnly</c>; null takes it away.</summary>
    public void SetProperty(string key, string? value)
    {
        TableMetadata metadata = Metadata;
        NewMetadata = metadata with
        {
            Configuration = value is null ? metadata.Configuration.Remove(key)
                : metadata.Configuration.SetItem(key, value),
        };
    }

    /// <summary>
    /// Sets schema, partition columns, properties and description to those of another version; the identity stays.
    /// </summary>
    public void SetMetadata(TableMetadata metadata) =>
        NewMetadata = metadata with { Id = Metadata.Id, CreatedTime = Metadata.CreatedTime };

    /// <summary>Sets the table's name and description for people.</summary>
    public void SetDescription(string? name, string? description) =>
        NewMetadata = Metadata with { Name = name, Description = description };

    /// <summary>
    /// Records an application's version with the commit. A concurrent commit of the same application is a conflict.
    /// </summary>
    public void SetTransaction(string appId, long version) => Transactions[appId] = version;

    /// <summary>
    /// Registers that everything was read: concurrent removals conflict, and additions that are not blind.
    /// </summary>
    public void ReadWholeTable() => Reads.AddWholeTable();

    /// <summary>Registers that the rows of a predicate were read. Several calls are a disjunction.</summary>
    public void ReadPartitions(Predicate predicate) => Reads.Add(predicate, ReadSnapshot);

    /// <summary>
    /// Adds a field to <c>commitInfo</c>, for example <c>landfall</c>; the value is copied when committing.
    /// </summary>
    public void SetInfo(string name, JsonNode value) => Info[name] = value;

    /// <summary>
    /// Repeats an object that earlier commits recorded, so that <see cref="DeltaTable.LatestInfoAsync"/> still finds it
    /// when the log forgets them. What commits after <see cref="ReadSnapshot"/> record themselves counts more.
    /// </summary>
    /// <param name="name">The name it was recorded with.</param>
    /// <param name="value">The object; null for "none", which hides those of earlier commits.</param>
    public void CarryInfo(string name, JsonObject? value) => Info["carried"] = new JsonObject
    {
        [name] = new JsonObject
        {
            ["upTo"] = ReadSnapshot?.Version ?? -1,
            ["value"] = value?.DeepClone(),
        },
    };

    /// <summary>
    /// Sets a metric of the table's history. A transaction with any describes itself: the parameters and metrics that
    /// writes have by default are left out.
    /// </summary>
    public void SetMetric(string name, long value) => Metrics[name] = value;

    /// <summary>Sets an operation parameter of the table's history.</summary>
    public void SetParameter(string name, string value) => Parameters[name] = value;

    /// <summary>
    /// Commits. Where other writers are faster it tries again, for a minute at most. After <see cref="Retryable"/> the
    /// same transaction may be committed again; after the other results it is used up.
    /// </summary>
    /// <exception cref="StorageException">Storage failed before the commit; nothing was committed.</exception>
    /// <exception cref="LandfallException">
    /// LF4205 where files do not fit the partition columns, LF4206 where the table is append-only and data is removed.
    /// </exception>
    public Task<CommitResult> CommitAsync(CancellationToken cancellationToken)
    {
        Validate();
        return _committer.CommitAsync(this, cancellationToken);
    }

    private void Validate()
    {
        TableMetadata metadata = Metadata;
        metadata.Schema.RequireValid(metadata.PartitionColumns);
        IEnumerable<AddFile> live = Added.Values;
        if (NewMetadata is not null && ReadSnapshot is not null)
        {
            // Partition columns may change only together with every file.
            live = live.Concat(ReadSnapshot.Files.Where(f => !Removed.ContainsKey(f.Path)));
        }

        if (live.FirstOrDefault(f => !HasPartition(f, metadata.PartitionColumns)) is { } stray)
        {
            throw new LandfallException(
                "LF4205",
                $"The file {stray.Path} has partition values for [{string.Join(", ", stray.PartitionValues.Keys)}], "
                + $"the table is partitioned by [{string.Join(", ", metadata.PartitionColumns)}]. "
                + "Nothing was committed.");
        }

        if (metadata.Configuration.GetValueOrDefault("delta.appendOnly") == "true"
            && Removed.Values.Any(r => r.DataChange))
        {
            throw new LandfallException(
                "LF4206",
                "The table is append-only (delta.appendOnly), and this would remove rows. Nothing was committed; the "
                + "table is as it was. Take the property away first if rows may go.");
        }
    }

    private static bool HasPartition(AddFile file, ImmutableArray<string> columns) =>
        file.PartitionValues.Count == columns.Length && columns.All(file.PartitionValues.ContainsKey);
}
