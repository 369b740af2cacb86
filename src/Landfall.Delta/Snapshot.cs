using System.Collections.Immutable;
using Landfall.Delta.Log;
using Landfall.Delta.Schema;

namespace Landfall.Delta;

/// <summary>A table at one version. Immutable; safe for concurrent use.</summary>
public sealed class Snapshot
{
    private ImmutableArray<AddFile> _files;

    internal Snapshot(TableState state)
    {
        State = state;
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(state.Timestamp);
    }

    /// <summary>The version, from 0.</summary>
    public long Version => State.Version;

    /// <summary>What the table demands of readers and writers.</summary>
    public TableProtocol Protocol => State.Protocol!;

    /// <summary>Schema, partition columns and properties.</summary>
    public TableMetadata Metadata => State.Metadata!;

    /// <summary>The data files, in no particular order.</summary>
    public ImmutableArray<AddFile> Files
    {
        get
        {
            if (_files.IsDefault)
            {
                ImmutableInterlocked.InterlockedInitialize(ref _files, [.. State.Files.Values]);
            }

            return _files;
        }
    }

    /// <summary>When the version was committed.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Removed files that the log still remembers.</summary>
    public IReadOnlyCollection<RemoveFile> Tombstones => State.Tombstones.Values;

    /// <summary>The newest transaction of each application.</summary>
    public IReadOnlyCollection<AppTransaction> Transactions => State.Transactions.Values;

    internal TableState State { get; }

    /// <summary>
    /// Whether the version is known to be durable, because it was committed here. One that was read may be visible
    /// while its writer still waits for the storage.
    /// </summary>
    internal bool IsDurable { get; private init; }

    /// <summary>The same, known to be durable.</summary>
    internal Snapshot AsDurable() => new(State) { IsDurable = true };

    /// <summary>The newest version an application recorded; -1 where it recorded none.</summary>
    public long TransactionVersion(string appId) =>
        State.Transactions.TryGetValue(appId, out AppTransaction? transaction) ? transaction.Version : -1;

    /// <summary>Files that may hold rows for which a predicate is true. What is unknown is kept.</summary>
    public ImmutableArray<AddFile> FilesMatching(Predicate predicate) =>
        [.. Files.Where(f => predicate.MayMatch(f, Metadata))];

    /// <summary>Finds a data file by its path.</summary>
    public AddFile? FindFile(string path) => State.Files.GetValueOrDefault(path);

    /// <summary>Throws where reading the files as they stand would give other rows or columns.</summary>
    internal void RequirePlainFiles()
    {
        if (Protocol.MappingOf(Metadata) != ColumnMapping.None)
        {
            throw UnsupportedTableException.ToRead("columnMapping");
        }

        if (Protocol.MinReaderVersion >= 3 && State.Files.Values.Any(f => f.DeletionVector is not null))
        {
            throw UnsupportedTableException.ToRead("deletionVectors");
        }
    }
}
