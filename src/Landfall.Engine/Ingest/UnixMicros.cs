namespace Landfall.Engine.Ingest;

/// <summary>Times as microseconds since 1970-01-01 UTC, which is what Delta keeps of them.</summary>
public static class UnixMicros
{
    /// <summary>A time rounded down.</summary>
    public static long Of(DateTimeOffset time) =>
        (long)Math.Floor((decimal)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>The time of a number of microseconds.</summary>
    public static DateTimeOffset ToTime(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
