using Landfall.Estate;

namespace Landfall.DuckDb.Interop;

/// <summary>Days and instants between .NET and DuckDB, both counted from 1970-01-01.</summary>
internal static class Instants
{
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int Days(DateOnly date) => date.DayNumber - EpochDay;

    /// <summary>Rounded down, also before 1970.</summary>
    public static long Micros(DateTimeOffset instant)
    {
        long ticks = instant.UtcTicks - DateTime.UnixEpoch.Ticks;
        return (ticks - (((ticks % TimeSpan.TicksPerMicrosecond) + TimeSpan.TicksPerMicrosecond)
            % TimeSpan.TicksPerMicrosecond)) / TimeSpan.TicksPerMicrosecond;
    }

    public static DateOnly Date(int days)
    {
        long number = (long)EpochDay + days;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number)
            : throw Outside("DATE");
    }

    public static DateTimeOffset Instant(long micros) =>
        new(Ticks(micros, TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTime Local(long units, long ticksPerUnit) =>
        new(Ticks(units, ticksPerUnit), DateTimeKind.Unspecified);

    public static DateTime LocalFromNanos(long nanos) =>
        Local(Math.DivRem(nanos, 100, out long rest) - (rest < 0 ? 1 : 0), 1);

    public static TimeOnly Time(long micros) => micros < TimeSpan.TicksPerDay / TimeSpan.TicksPerMicrosecond
        ? new(micros * TimeSpan.TicksPerMicrosecond)
        : throw Outside("TIME");

    private static long Ticks(long units, long ticksPerUnit)
    {
        Int128 ticks = ((Int128)units * ticksPerUnit) + DateTime.UnixEpoch.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? (long)ticks
            : throw Outside("TIMESTAMP");
    }

    private static LandfallException Outside(string type) => new(
        DuckDbCodes.Value,
        $"A {type} is infinite or outside what .NET can hold (years 1 to 9999). The data is unchanged. Cast the column "
        + "to varchar in the statement to read it.");
}
