namespace Relecloud.Sources.Customers;

/// <summary>An account's use of a service, from a day to before another.</summary>
internal sealed class Subscription
{
    public required int Service { get; init; }

    public required int StartDay { get; init; }

    /// <summary>When on its first day, in seconds.</summary>
    public required int StartSecond { get; init; }

    /// <summary>First day without use; the largest number while it lasts.</summary>
    public int EndDay { get; set; } = int.MaxValue;

    /// <summary>Events against other subscriptions.</summary>
    public required double Weight { get; init; }

    /// <summary>Quantity of an event against the service's typical one.</summary>
    public required double Quantity { get; init; }

    /// <summary>Change of the quantity over 180 days.</summary>
    public required double Growth { get; init; }

    public required string Region { get; init; }
}
