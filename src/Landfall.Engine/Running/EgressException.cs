using Landfall.Estate;
using Landfall.Governance;

namespace Landfall.Engine.Running;

/// <summary>The egress rules do not allow what a task would connect to; no process was started for it.</summary>
/// <param name="refusal">The decision.</param>
internal sealed class EgressException(EgressDecision refusal) : LandfallException(
    refusal.Code,
    $"{refusal.Reason} Nothing connected to it, and every table is as it was. Correct host and port in "
    + "integration.yaml, the secrets they name or the rules, then run again.")
{
    /// <summary>What decided, without any secret.</summary>
    public string Reason { get; } = refusal.Reason;
}
