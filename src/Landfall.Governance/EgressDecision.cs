namespace Landfall.Governance;

/// <summary>Whether a host may be reached, and why.</summary>
/// <param name="Permitted">Whether it may.</param>
/// <param name="Reason">The rule that allows it, or what is missing and whom to ask.</param>
/// <param name="Code">The diagnostic code of a refusal, <c>LF3010</c>; empty when permitted.</param>
public sealed record EgressDecision(bool Permitted, string Reason, string Code);
