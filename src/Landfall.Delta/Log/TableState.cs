namespace Landfall.Delta.Log;

/// <summary>
/// What replaying a log gives. Written by one thread while it is made; never changed once a snapshot shows it.
/// </summary>
internal sealed class TableState
{
    public TableState()
        : this(-1, [], [], [])
    {
    }

    private TableState(
        long version, Dictionary<string, AddFile> files, Dictionary<string, RemoveFile> tombstones,
        Dictionary<string, AppTransaction> transactions)
    {
        Version = version;
        Files = files;
        Tombstones = tombstones;
        Transactions = transactions;
    }

    public long Version { get; private set; }

    public TableProtocol? Protocol { get; private set; }

    public TableMetadata? Metadata { get; private set; }

    public Dictionary<string, AddFile> Files { get; }

    public Dictionary<string, RemoveFile> Tombstones { get; }

    public Dictionary<string, AppTransaction> Transactions { get; }

    /// <summary>Bytes of all data files.</summary>
    public long Bytes { get; private set; }

    /// <summary>When the version was committed, milliseconds since 1970-01-01 UTC.</summary>
    public long Timestamp { get; set; }

    public TableState Copy() => new(
        Version, new(Files, StringComparer.Ordinal), new(Tombstones, StringComparer.Ordinal),
        new(Transactions, StringComparer.Ordinal))
    {
        Protocol = Protocol,
        Metadata = Metadata,
        Timestamp = Timestamp,
        Bytes = Bytes,
    };

    /// <summary>Adds the next commit. Latest wins, for each path, application, and for metadata and protocol.</summary>
    public void Apply(CommitActions commit)
    {
        Version = commit.Version;
        Timestamp = commit.Timestamp ?? Timestamp;
        Protocol = commit.Protocol ?? Protocol;
        Metadata = commit.Metadata ?? Metadata;
        foreach (RemoveFile remove in commit.Removes)
        {
            // A file with other deleted rows is another one: parts of a checkpoint come in any order.
            if (Files.TryGetValue(remove.Path, out AddFile? gone)
                && gone.DeletionVector?.Id == remove.DeletionVector?.Id)
            {
                Bytes -= gone.Size;
                Files.Remove(remove.Path);
            }

            Tombstones[remove.Path] = remove;
        }

        foreach (AddFile add in commit.Adds)
        {
            Bytes += add.Size - (Files.TryGetValue(add.Path, out AddFile? known) ? known.Size : 0);
            Files[add.Path] = add;
            Tombstones.Remove(add.Path);
        }

        foreach (AppTransaction transaction in commit.Transactions)
        {
            Transactions[transaction.AppId] = transaction;
        }
    }

    /// <summary>Checks that the state is a table that can be read.</summary>
    public Snapshot ToSnapshot()
    {
        if (Protocol is null || Metadata is null)
        {
            string what = Protocol is null ? "protocol" : "metaData";
            throw new CorruptTableException(
                LogFiles.Path(LogFiles.Commit(Version)), $"no version up to this one has a {what} action");
        }

        Protocol.RequireReadable(Metadata);
        return new(this);
    }
}
