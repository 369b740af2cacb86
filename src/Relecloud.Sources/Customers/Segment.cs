namespace Relecloud.Sources.Customers;

/// <summary>A kind of customer: how big, how eager, when at work and what it likes.</summary>
internal sealed record Segment
{
    public required string Name { get; init; }

    /// <summary>Share of new customers.</summary>
    public required double Share { get; init; }

    /// <summary>Typical use against the average account.</summary>
    public required double Size { get; init; }

    /// <summary>Chance a day to adopt a service while it has few.</summary>
    public required double Eagerness { get; init; }

    /// <summary>How many services it tends to.</summary>
    public required int Appetite { get; init; }

    /// <summary>Discount on list prices.</summary>
    public required decimal Discount { get; init; }

    /// <summary>Use by day of the week, Monday first; 1 on average.</summary>
    public required double[] Week { get; init; }

    /// <summary>Use by month of the year, January first.</summary>
    public required double[] Year { get; init; }

    /// <summary>Wish for each category, in the catalogue's order.</summary>
    public required double[] Taste { get; init; }

    /// <summary>Whether use follows office hours.</summary>
    public required bool Office { get; init; }

    public static IReadOnlyList<Segment> All { get; } = SegmentData.Create();
}

/// <summary>The segments' figures.</summary>
internal static class SegmentData
{
    private static readonly double[] Offices = [1.22, 1.25, 1.25, 1.22, 1.12, 0.48, 0.46];
    private static readonly double[] Always = [0.98, 0.98, 0.99, 1.0, 1.03, 1.02, 1.0];
    private static readonly double[] Shops = [0.92, 0.9, 0.92, 0.97, 1.12, 1.2, 0.97];
    private static readonly double[] EvenYear = [1, 1, 1, 1, 1, 1, 0.96, 0.94, 1, 1, 1, 1];
    private static readonly double[] RetailYear = [0.9, 0.88, 0.92, 0.95, 0.97, 1, 0.97, 0.95, 1, 1.05, 1.25, 1.35];
    private static readonly double[] PublicYear = [1, 1, 1.05, 1, 1, 0.98, 0.8, 0.78, 1, 1.05, 1.08, 1];

    public static Segment[] Create() =>
    [
        Make("startup", 0.34, 0.6, 0.075, 19, 0m, Always, EvenYear,
            [3, 1.5, 2, 1, 1, 3, 1.5, 0.6, 1, 2.5, 0.5, 1], false),
        Make("small business", 0.30, 0.5, 0.033, 14, 0m, Offices, EvenYear,
            [2, 2.5, 1.5, 1, 0.8, 0.7, 1, 1, 0.8, 0.6, 0.4, 2], true),
        Make("enterprise", 0.14, 3.2, 0.0675, 48, 0.12m, Offices, EvenYear,
            [2, 2, 2, 2, 2, 1.2, 2, 2.5, 2, 1.5, 0.8, 0.8], true),
        Make("retail", 0.12, 1.3, 0.045, 26, 0.05m, Shops, RetailYear,
            [1.5, 1.5, 2, 2.2, 2, 1.3, 1.8, 0.8, 1, 0.7, 0.8, 2.2], false),
        Make("public sector", 0.06, 1.5, 0.027, 22, 0.08m, Offices, PublicYear,
            [1.5, 2.5, 1.5, 1, 1.2, 0.6, 1, 3, 1, 0.4, 0.5, 1.2], true),
        Make("manufacturing", 0.04, 1.8, 0.042, 29, 0.06m, Always, EvenYear,
            [1, 1.5, 1.5, 1.2, 1.8, 0.9, 1.5, 1, 1.2, 0.6, 4.5, 0.5], false),
    ];

    private static Segment Make(
        string name, double share, double size, double eagerness, int appetite, decimal discount,
        double[] week, double[] year, double[] taste, bool office) => new()
        {
            Name = name,
            Share = share,
            Size = size,
            Eagerness = eagerness,
            Appetite = appetite,
            Discount = discount,
            Week = week,
            Year = year,
            Taste = taste,
            Office = office,
        };
}
