namespace Relecloud.Sources.Customers;

/// <summary>A company that buys from Relecloud, with one account or several.</summary>
internal sealed record Customer
{
    public required int Index { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Segment Segment { get; init; }

    public required Country Country { get; init; }

    /// <summary>Day its first account opened, counted from the simulation's start.</summary>
    public required int FirstDay { get; init; }

    /// <summary>Its service periods begin at midnight two hours east of UTC: in UTC, the evening before.</summary>
    public bool LocalPeriods => Index % 50 == 3;
}
