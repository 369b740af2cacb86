namespace Relecloud.Sources.Customers;

/// <summary>A customer's account: what uses services.</summary>
internal sealed record Account
{
    public required int Index { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required Customer Customer { get; init; }

    public required string Region { get; init; }

    /// <summary>First day, counted from the simulation's start; negative for those there before.</summary>
    public required int OpenedDay { get; init; }

    /// <summary>Use against the average account.</summary>
    public required double Size { get; init; }
}
