namespace Landfall.Testing.Delta;

/// <summary>Where a <see cref="FaultingLogStore"/> fails a write.</summary>
public enum Fault
{
    /// <summary>Nothing is written; the caller learns so.</summary>
    Before,

    /// <summary>Nothing is written; the caller does not learn whether.</summary>
    UnknownBefore,

    /// <summary>The file is written; the caller does not learn whether.</summary>
    UnknownAfter,

    /// <summary>The file is written and seen; the caller learns that it may not survive a power cut.</summary>
    Unconfirmed,
}
