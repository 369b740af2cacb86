namespace Relecloud.Sources.Catalogue;

/// <summary>A group of services on the price list, and how its services are measured.</summary>
internal sealed record Category
{
    public required string Name { get; init; }

    /// <summary>What services of the category may bill by.</summary>
    public required BillingKind[] Kinds { get; init; }

    /// <summary>What they measure besides.</summary>
    public required Meter[] OtherMeters { get; init; }

    public required string[] ServiceNames { get; init; }

    /// <summary>Use around the turn of the month, against other days.</summary>
    public double MonthEndFactor { get; init; } = 1;

    /// <summary>All categories with the names of the 150 services.</summary>
    public static IReadOnlyList<Category> All { get; } = [.. CategoryData.Create()];
}

/// <summary>A way to bill: the meter, the unit that bills and one that does not, typical quantity and price.</summary>
internal sealed record BillingKind(
    string Meter, string Unit, string OtherUnit, double Quantity, decimal Price, bool Whole = false);
