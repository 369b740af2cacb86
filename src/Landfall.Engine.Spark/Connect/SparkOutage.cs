namespace Landfall.Engine.Spark.Connect;

/// <summary>How long nothing has been heard of a server, and when to ask it again.</summary>
/// <param name="limit">How long that may be.</param>
internal sealed class SparkOutage(TimeSpan limit)
{
    /// <summary>The longest pause between two tries.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private long? _since;
    private TimeSpan _pause = FirstPause;

    /// <summary>The server was heard of.</summary>
    public void End() => (_since, _pause) = (null, FirstPause);

    /// <summary>Waits before the next try.</summary>
    /// <param name="wanted">How long the server wants it to be; null for a pause that doubles, up to 5 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, at once, where the outage has lasted longer than it may.</returns>
    public async Task<bool> PauseAsync(TimeSpan? wanted, CancellationToken cancellationToken)
    {
        _since ??= TimeProvider.System.GetTimestamp();
        TimeSpan left = limit - TimeProvider.System.GetElapsedTime(_since.Value);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        TimeSpan pause = wanted is { } asked && asked > _pause ? asked : _pause;
        await Task.Delay(pause < left ? pause : left, cancellationToken);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return true;
    }
}
