namespace Landfall.Workers;

/// <summary>How far a worker is.</summary>
/// <param name="RowsDone">Rows done; 0 where the work is not counted in rows.</param>
/// <param name="BytesDone">Bytes done; 0 where the work is not counted in bytes.</param>
/// <param name="BytesTotal">Bytes to do; 0 where that is not known.</param>
public sealed record WorkerProgress(long RowsDone, long BytesDone, long BytesTotal)
{
    /// <summary>What it begins with now, for example a file that it reads; null where nothing new begins.</summary>
    public string? Begins { get; init; }
}
