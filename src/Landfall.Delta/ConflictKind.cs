namespace Landfall.Delta;

/// <summary>Delta's conflict rules, in the order in which they are checked.</summary>
public enum ConflictKind
{
    /// <summary>The winner changed the protocol, or created the table that this transaction was creating.</summary>
    ProtocolChanged,

    /// <summary>The winner changed the schema or the properties.</summary>
    MetadataChanged,

    /// <summary>The winner recorded a transaction of an application this one depends on.</summary>
    ConcurrentTransaction,

    /// <summary>The winner added files that match what this transaction read.</summary>
    ConcurrentAppend,

    /// <summary>The winner removed a file that this transaction read.</summary>
    ConcurrentDeleteRead,

    /// <summary>Both removed the same file.</summary>
    ConcurrentDeleteDelete,
}
