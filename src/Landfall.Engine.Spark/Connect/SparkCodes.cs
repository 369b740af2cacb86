namespace Landfall.Engine.Spark.Connect;

/// <summary>The diagnostic codes of this project.</summary>
internal static class SparkCodes
{
    /// <summary>An address cannot be read.</summary>
    public const string Address = "LF4330";

    /// <summary>The server does not answer.</summary>
    public const string Unreachable = "LF4331";

    /// <summary>The server refuses the session, or is no Spark that is understood.</summary>
    public const string Refused = "LF4332";

    /// <summary>A setting is not taken.</summary>
    public const string Setting = "LF4333";

    /// <summary>A statement failed.</summary>
    public const string Statement = "LF4334";

    /// <summary>The session is gone.</summary>
    public const string SessionLost = "LF4335";

    /// <summary>A statement is gone.</summary>
    public const string StatementLost = "LF4336";

    /// <summary>An executor ran out of memory or was lost.</summary>
    public const string Executor = "LF4337";

    /// <summary>A result has no form here.</summary>
    public const string Result = "LF4338";

    /// <summary>A statement was interrupted, or does not end though it was.</summary>
    public const string Interrupted = "LF4339";
}
