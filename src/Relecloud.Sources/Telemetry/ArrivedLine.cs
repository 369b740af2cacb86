namespace Relecloud.Sources.Telemetry;

/// <summary>A line of an hourly file: an event, its duplicate, or something malformed made of it.</summary>
internal readonly record struct ArrivedLine(UsageEvent Event, uint Order, bool Duplicate, MalformedKind Malformed)
{
    /// <summary>By moment of arrival within the hour; the rest makes the order whole.</summary>
    public static int Compare(ArrivedLine one, ArrivedLine other)
    {
        int order = one.Order.CompareTo(other.Order);
        return order != 0 ? order
            : one.Event.Id != other.Event.Id ? one.Event.Id.CompareTo(other.Event.Id)
            : one.Duplicate.CompareTo(other.Duplicate);
    }
}
