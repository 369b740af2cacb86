namespace Landfall.Engine.Spark.Connect;

/// <summary>What a session is called, and how long it waits for its server.</summary>
public sealed record SparkSessionOptions
{
    /// <summary>A UUID that the caller chose and keeps: another process interrupts the session by it.</summary>
    public required string SessionId { get; init; }

    /// <summary>The operation tag of every statement, without commas; empty for none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>How long one connection may take, and how long opening tries to get one.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the answer to a call may take that runs no statement.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a server may be gone before its statement counts as lost; at most 4 minutes, for servers forget what
    /// nobody has followed for 5.
    /// </summary>
    public TimeSpan OutageLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a cancelled statement may take to end on the server.</summary>
    public TimeSpan InterruptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to let a statement or the session go.</summary>
    public TimeSpan ReleaseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long without an answer a ping is sent; at least a second.</summary>
    public TimeSpan PingDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a ping may stay without its answer before the connection is lost; at least a second.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Answers in place of a server; null for a connection of its own.</summary>
    internal HttpMessageHandler? Handler { get; init; }

    /// <summary>For a negative control alone: a lost stream makes the client run its statement anew.</summary>
    internal bool RunsAgain { get; init; }
}
