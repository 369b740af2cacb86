namespace Landfall.Workers;

/// <summary>What an engine outside of the worker used for it.</summary>
/// <param name="CpuSeconds">CPU time of its processes.</param>
/// <param name="WallSeconds">Time from the first to the last of its work.</param>
/// <param name="InputBytes">Bytes read from files.</param>
/// <param name="ShuffleBytes">Bytes that its processes sent to each other.</param>
/// <param name="OutputBytes">Bytes written to files.</param>
/// <param name="IsEstimate">Whether the engine did not say, so that time times cores stands for CPU time.</param>
public sealed record RemoteUsage(
    double CpuSeconds, double WallSeconds, long InputBytes, long ShuffleBytes, long OutputBytes, bool IsEstimate);
