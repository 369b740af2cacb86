using System.Collections.Immutable;

namespace Landfall.Estate.Management;

/// <summary>A host that sources may be read from.</summary>
/// <param name="Name">The rule's id.</param>
/// <param name="Host">Host name or address, compared without case; no wildcard.</param>
/// <param name="Ports">Allowed ports; empty allows every port.</param>
public sealed record EgressRule(string Name, string Host, ImmutableArray<int> Ports);
