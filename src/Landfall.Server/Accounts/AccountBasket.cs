using System.Collections.Immutable;

namespace Landfall.Server.Accounts;

/// <summary>What is known of an account.</summary>
/// <param name="CustomerId">Its customer; null where it is not known.</param>
/// <param name="Services">Services it uses.</param>
public sealed record AccountBasket(string? CustomerId, ImmutableArray<string> Services);
