namespace Landfall.Workers;

/// <summary>How a process ended and the CPU time that the kernel counted for it.</summary>
/// <param name="Status">The status as <c>wait</c> gives it.</param>
/// <param name="UserSeconds">CPU time in the program.</param>
/// <param name="SystemSeconds">CPU time in the kernel.</param>
internal readonly record struct WorkerExit(int Status, double UserSeconds, double SystemSeconds)
{
    /// <summary>The signal that ended it; 0 where it ended by itself.</summary>
    public int Signal => Status & 0x7f;

    /// <summary>Its exit code where it ended by itself.</summary>
    public int Code => (Status >> 8) & 0xff;

    public override string ToString() => Signal == 0 ? $"exit code {Code}" : $"signal {Signal}{Name(Signal)}";

    private static string Name(int signal) => signal switch
    {
        2 => " (SIGINT)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        31 => " (SIGSYS)",
        _ => "",
    };
}
