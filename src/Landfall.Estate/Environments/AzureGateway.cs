using System.Collections.Immutable;

namespace Landfall.Estate.Environments;

/// <summary>The gateway of a product in an environment.</summary>
/// <param name="Host">Host name that applications call.</param>
/// <param name="Clients">Ranges of public addresses that applications call from, in CIDR notation.</param>
public sealed record AzureGateway(string Host, ImmutableArray<string> Clients);
