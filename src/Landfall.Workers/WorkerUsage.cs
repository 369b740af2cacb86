namespace Landfall.Workers;

/// <summary>What a worker used, however it ended.</summary>
/// <remarks>
/// CPU time is the kernel's count for the whole process, exact also for a killed one. Bytes are what went through read
/// and write calls (<c>rchar</c> and <c>wchar</c> of <c>/proc/&lt;pid&gt;/io</c>): from files, whether cached or not,
/// and pipes and sockets, but not files that are mapped into memory. For a killed worker bytes and memory are those of
/// the last sample, at most a tenth of a second before its end.
/// </remarks>
public sealed record WorkerUsage
{
    /// <summary>CPU time in the program, in seconds.</summary>
    public double UserSeconds { get; init; }

    /// <summary>CPU time in the kernel on the program's behalf, in seconds.</summary>
    public double SystemSeconds { get; init; }

    /// <summary>Most memory it held at once, in bytes, files that were mapped included.</summary>
    public long MaxResidentBytes { get; init; }

    /// <summary>Bytes that it read.</summary>
    public long ReadBytes { get; init; }

    /// <summary>Bytes that it wrote.</summary>
    public long WrittenBytes { get; init; }

    /// <summary>Time from start to end, in seconds.</summary>
    public double WallSeconds { get; init; }

    /// <summary>What an engine outside of the worker used for it; null for none, or where nobody said.</summary>
    public RemoteUsage? Remote { get; init; }

    /// <summary>Whether a signal ended it: ours, the kernel's or somebody's.</summary>
    public bool Killed { get; init; }
}
