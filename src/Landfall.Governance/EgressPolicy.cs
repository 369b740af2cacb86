using Landfall.Estate.Integrations;
using Landfall.Estate.Management;

namespace Landfall.Governance;

/// <summary>Decides which hosts outside the estate a source may be read from.</summary>
public static class EgressPolicy
{
    /// <summary>Decides for a source; files of the target's own locations are always allowed.</summary>
    /// <param name="management">The management zone, whose rules allow.</param>
    /// <param name="source">The source as declared.</param>
    /// <param name="resolvedPort">
    /// The port once its secret is known; null before, when only the host is checked.
    /// </param>
    public static EgressDecision Decide(ManagementZone management, Source source, int? resolvedPort) =>
        source is PostgresSource postgres ? Decide(management, postgres.Host, resolvedPort) : EgressDecision.NotNeeded;

    /// <summary>Decides for a host and port.</summary>
    public static EgressDecision Decide(ManagementZone management, string host, int? port)
    {
        EgressRule? rule = management.Egress.FirstOrDefault(r => r.Permits(host, port));
        string target = port is null ? host : $"{host}:{port}";
        return rule is not null
            ? new(Permitted: true, rule.Name, Code: "")
            : new(
                Permitted: false,
                $"{target} is outside the egress rules. "
                + $"Ask {management.Owner} to add it to egress in {management.Id}/zone.yaml.",
                "LF3010");
    }
}
