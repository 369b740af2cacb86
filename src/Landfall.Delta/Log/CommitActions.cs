namespace Landfall.Delta.Log;

/// <summary>The actions of one commit, or of a checkpoint.</summary>
internal sealed class CommitActions
{
    public required long Version { get; init; }

    public TableProtocol? Protocol { get; set; }

    public TableMetadata? Metadata { get; set; }

    public List<AddFile> Adds { get; } = [];

    public List<RemoveFile> Removes { get; } = [];

    public List<AppTransaction> Transactions { get; } = [];

    /// <summary>Files of a checkpoint that hold more of its actions; names in <c>_sidecars</c>.</summary>
    public List<string> Sidecars { get; } = [];

    /// <summary>Whether the actions are those of a checkpoint that says it is a whole one.</summary>
    public bool IsWholeCheckpoint { get; set; }

    /// <summary>The commitInfo as JSON; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Info { get; set; }

    /// <summary>
    /// commitInfo.inCommitTimestamp or else commitInfo.timestamp, in milliseconds; null where the commit does not say.
    /// </summary>
    public long? Timestamp { get; set; }

    /// <summary>commitInfo.txnId.</summary>
    public string? TransactionId { get; set; }

    /// <summary>commitInfo.isBlindAppend; false where the commit does not say.</summary>
    public bool IsBlindAppend { get; set; }

    public bool ChangesData => Adds.Any(a => a.DataChange) || Removes.Any(r => r.DataChange);
}
