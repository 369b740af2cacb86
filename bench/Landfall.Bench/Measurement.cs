namespace Landfall.Bench;

/// <summary>What a process used.</summary>
/// <param name="Seconds">Wall time.</param>
/// <param name="PeakBytes">Most real memory at one time, of the largest single process.</param>
internal readonly record struct Measurement(double Seconds, long PeakBytes)
{
    public override string ToString() => $"{Seconds:F2} s, peak {PeakBytes / 1e6:F0} MB";
}
