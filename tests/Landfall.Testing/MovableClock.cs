namespace Landfall.Testing;

/// <summary>The system's clock, moved by as much as a test says; waiting is real.</summary>
public sealed class MovableClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
