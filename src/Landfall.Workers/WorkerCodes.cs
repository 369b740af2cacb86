namespace Landfall.Workers;

/// <summary>The diagnostic codes of workers.</summary>
internal static class WorkerCodes
{
    /// <summary>A worker could not be started.</summary>
    public const string Start = "LF4240";

    /// <summary>A worker held more memory than its pool has.</summary>
    public const string Memory = "LF4241";

    /// <summary>A worker took longer than its pool's timeout.</summary>
    public const string Timeout = "LF4242";

    /// <summary>A worker ended without a result.</summary>
    public const string Ended = "LF4243";

    /// <summary>A worker was stopped because the run was.</summary>
    public const string Cancelled = "LF4244";

    /// <summary>A task failed unexpectedly.</summary>
    public const string Unexpected = "LF4245";
}
