namespace Relecloud.Sources.Telemetry;

/// <summary>What is wrong with a line that is no event.</summary>
internal enum MalformedKind
{
    /// <summary>Nothing: it is an event.</summary>
    None,

    /// <summary>An event cut off in the middle.</summary>
    Truncated,

    /// <summary>No JSON at all.</summary>
    NotJson,

    /// <summary>A quantity that is a word.</summary>
    BadQuantity,

    /// <summary>No <c>event_id</c>.</summary>
    MissingEventId,

    /// <summary>A day that no month has.</summary>
    BadEventTime,
}
