using Landfall.Estate.Management;

namespace Landfall.Governance;

/// <summary>Decides which hosts outside the estate a source may be read from.</summary>
public static class EgressPolicy
{
    /// <summary>Decides for a host and port, whose secrets are resolved where something is about to connect.</summary>
    /// <param name="management">The management zone, whose rules allow.</param>
    /// <param name="target">The host and port.</param>
    public static EgressDecision Decide(ManagementZone management, EgressTarget target) =>
        target.RefusalBy(management) is { } refusal
            ? new(Permitted: false, $"{refusal.Problem} {refusal.Advice}", "LF3010")
            : new(Permitted: true, target.RuleOf(management)!.Name, Code: "");
}
