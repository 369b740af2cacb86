using System.Collections.Immutable;

namespace Landfall.Estate.Management;

/// <summary>A host that sources may be read from.</summary>
/// <param name="Name">The rule's id.</param>
/// <param name="Host">
/// Host name or address; no wildcard. Compared without case, an IPv6 address whatever its form, a name with dots also
/// where it ends in one. A name and its address are two hosts.
/// </param>
/// <param name="Ports">Allowed ports; empty allows every port.</param>
public sealed record EgressRule(string Name, string Host, ImmutableArray<int> Ports)
{
    /// <summary>
    /// Whether the rule allows a host and port; what is not known yet (null, it stands in a secret) is left to the
    /// check at the start of a step.
    /// </summary>
    public bool Permits(string? host, int? port) =>
        HostName.Parse(Host)?.Canonical is { } own
        && (host is null || HostName.Parse(host)?.Canonical == own)
        && (port is not { } known || Ports.IsEmpty || Ports.Contains(known));
}
