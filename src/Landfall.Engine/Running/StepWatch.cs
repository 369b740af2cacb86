namespace Landfall.Engine.Running;

/// <summary>Measures a step: how long it waited before it began to work, and how long it worked.</summary>
/// <param name="clock">Time.</param>
internal sealed class StepWatch(TimeProvider clock)
{
    private readonly long _ready = clock.GetTimestamp();
    private long? _begun;
    private long? _ended;

    /// <summary>Seconds from when the step could have begun until it did, or until now.</summary>
    public double WaitSeconds =>
        (_begun is { } begun ? clock.GetElapsedTime(_ready, begun) : clock.GetElapsedTime(_ready)).TotalSeconds;

    /// <summary>Seconds from when the work began until it ended, or until now; 0 where it did not begin.</summary>
    public double WorkSeconds =>
        _begun is { } begun ? clock.GetElapsedTime(begun, _ended ?? clock.GetTimestamp()).TotalSeconds : 0;

    /// <summary>The work begins.</summary>
    public void Begin() => _begun = clock.GetTimestamp();

    /// <summary>The work ends; what is done with its outcome does not count.</summary>
    public void End() => _ended = clock.GetTimestamp();
}
