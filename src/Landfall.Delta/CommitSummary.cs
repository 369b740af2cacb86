using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Landfall.Delta;

/// <summary>One version of a table, as its log tells.</summary>
public sealed record CommitSummary
{
    /// <summary>The version.</summary>
    public required long Version { get; init; }

    /// <summary>When it was committed: what the commit says, else the log file's modification time.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The operation's name, for example <c>WRITE</c>; empty where the commit does not say.</summary>
    public required string Operation { get; init; }

    /// <summary>Parameters of the operation.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    /// <summary>Files added.</summary>
    public required int AddedFiles { get; init; }

    /// <summary>Files removed.</summary>
    public required int RemovedFiles { get; init; }

    /// <summary>Bytes added.</summary>
    public required long AddedBytes { get; init; }

    /// <summary>Rows in the added files; null where a file's statistics do not say.</summary>
    public required long? AddedRows { get; init; }

    /// <summary>Whether any file action changed data.</summary>
    public required bool DataChange { get; init; }

    /// <summary>The whole commitInfo; empty where there is none.</summary>
    public required JsonObject Info { get; init; }

    /// <summary>What Landfall recorded with the commit; null where another program wrote it.</summary>
    public JsonObject? Landfall => Info["landfall"] as JsonObject;
}
