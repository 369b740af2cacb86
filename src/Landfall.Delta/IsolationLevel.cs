namespace Landfall.Delta;

/// <summary>How much of what others add concurrently a transaction must not miss.</summary>
public enum IsolationLevel
{
    /// <summary>Blind appends of others may slip in, unless this transaction changes the schema. The default.</summary>
    WriteSerializable,

    /// <summary>Nothing that matches what was read may have been added.</summary>
    Serializable,

    /// <summary>Others may add anything; for commits that change no data.</summary>
    SnapshotIsolation,
}
