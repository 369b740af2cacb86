namespace Relecloud.Sources.Randomness;

/// <summary>What random numbers are for: streams of different purposes never share numbers.</summary>
internal enum RandomStream
{
    Catalogue = 1,
    Affinity,
    Customer,
    Account,
    Adoption,
    Usage,
    EventId,
    Malformed,
    ListChange,
    Person,
    CrmChange,
    Charge,
    Payment,
    Instant,
    AfterSales,
    Request,
    Reaction,
    CausedUse,
    CausedCharge,
}
