namespace Relecloud.Sources.Catalogue;

/// <summary>A service Relecloud sells. Its billing meter and unit never change; its name and category may.</summary>
internal sealed record Service
{
    public required int Index { get; init; }

    public required string Id { get; init; }

    /// <summary>Its name on the first day.</summary>
    public required string Name { get; init; }

    /// <summary>Index of its category on the first day.</summary>
    public required int Category { get; init; }

    /// <summary>The billing meter first; then others, the last being the billing meter in a unit that is not billed.
    /// </summary>
    public required Meter[] Meters { get; init; }

    /// <summary>Days from the simulation's start to the launch; negative for those there before.</summary>
    public required int LaunchDay { get; init; }

    /// <summary>List price of one billing unit in EUR.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Typical quantity of one event.</summary>
    public required double BaseQuantity { get; init; }

    /// <summary>Whether quantities are whole numbers.</summary>
    public required bool Whole { get; init; }

    /// <summary>How often it reports, against the average service.</summary>
    public required double Chatter { get; init; }

    /// <summary>How likely it is adopted on the first day, against others.</summary>
    public required double Popularity { get; init; }

    /// <summary>Change of popularity over 180 days, as a share of the popularity on the first day.</summary>
    public required double Trend { get; init; }

    public double PopularityOn(int day) => Popularity * Math.Max(0.2, 1 + (Trend * day / 180.0));
}
