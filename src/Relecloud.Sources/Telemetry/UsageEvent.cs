namespace Relecloud.Sources.Telemetry;

/// <summary>One report of use, before it is text.</summary>
internal readonly record struct UsageEvent
{
    /// <summary>Unique among all events.</summary>
    public required ulong Id { get; init; }

    /// <summary>Day of use, counted from the start.</summary>
    public required int Day { get; init; }

    /// <summary>Moment of use within its day.</summary>
    public required int Millisecond { get; init; }

    public required int Account { get; init; }

    public required short Service { get; init; }

    /// <summary>Index among the service's meters; 0 bills.</summary>
    public required byte Meter { get; init; }

    public required string Region { get; init; }

    /// <summary>Quantity in thousandths of the meter's unit.</summary>
    public required long MilliQuantity { get; init; }

    /// <summary>Hour of arrival, counted from the start's midnight.</summary>
    public required int ArrivalHour { get; init; }

    /// <summary>Hour in which it arrives once more; −1 for never.</summary>
    public required int DuplicateHour { get; init; }

    /// <summary>Whether there is this use only because the service was recommended.</summary>
    public required bool Caused { get; init; }

    public int Hour => (Day * 24) + (Millisecond / 3_600_000);

    public bool Late => ArrivalHour > Hour;
}
