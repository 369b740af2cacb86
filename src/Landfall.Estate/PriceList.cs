namespace Landfall.Estate;

/// <summary>Prices in the estate's currency of what is metered beside pools.</summary>
public sealed record PriceList
{
    /// <summary>Version of the list, kept with every priced meter.</summary>
    public required string Version { get; init; }

    /// <summary>Price of storing 10^9 bytes for a month of 730 hours.</summary>
    public required decimal StorageGigabyteMonth { get; init; }

    /// <summary>Price of a million requests to an endpoint.</summary>
    public required decimal MillionRequests { get; init; }
}
