namespace Landfall.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for was done, also where there was nothing to do.</summary>
    public const int Success = 0;

    /// <summary>The command ran and reports failures: diagnostics, failed steps, refused reads.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the environment does not allow the command to run.</summary>
    public const int Misuse = 2;

    /// <summary>The user stopped the command; what was committed stays.</summary>
    public const int Interrupted = 130;
}
