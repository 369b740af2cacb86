using System.Collections.Immutable;

namespace Landfall.Estate.Management;

/// <summary>A host that sources may be read from.</summary>
/// <param name="Name">The rule's id.</param>
/// <param name="Host">Host name or address, compared without case; no wildcard.</param>
/// <param name="Ports">Allowed ports; empty allows every port.</param>
public sealed record EgressRule(string Name, string Host, ImmutableArray<int> Ports)
{
    /// <summary>
    /// Whether the rule allows a host and port; a port not known yet (null, it stands in a secret) is left to the check
    /// at the start of a step.
    /// </summary>
    public bool Permits(string host, int? port) =>
        string.Equals(Host, host, StringComparison.OrdinalIgnoreCase)
        && (port is not { } known || Ports.IsEmpty || Ports.Contains(known));
}
