namespace Landfall.Delta.Tests;

/// <summary>A clock that stands where it is put; waiting is real.</summary>
internal sealed class FixedClock : TimeProvider
{
    private long _passed;

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => base.GetTimestamp() + _passed;

    /// <summary>Lets time pass for those that measure it.</summary>
    public void Pass(TimeSpan time) => _passed += (long)(time.TotalSeconds * TimestampFrequency);
}
