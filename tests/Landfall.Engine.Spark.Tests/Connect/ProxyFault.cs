namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>What a proxy does to a message.</summary>
public enum ProxyFault
{
    /// <summary>Resets the connection, and the message is lost.</summary>
    Cut,

    /// <summary>Passes the message on, then resets the connection.</summary>
    CutBehind,

    /// <summary>Holds the message, and what comes behind it, for a while.</summary>
    Delay,

    /// <summary>Holds the message until its sender has given the connection up, and passes it on then.</summary>
    Late,

    /// <summary>Passes nothing on any more and keeps the connection open.</summary>
    Silence,
}
