namespace Landfall.Governance;

/// <summary>Whether a host may be reached, and why.</summary>
/// <param name="Permitted">Whether it may.</param>
/// <param name="Reason">The rule that allows it, or what is missing and whom to ask.</param>
/// <param name="Code">The diagnostic code of a refusal, <c>LF3010</c>; empty when permitted.</param>
public sealed record EgressDecision(bool Permitted, string Reason, string Code)
{
    /// <summary>Permitted because nothing outside the estate is reached.</summary>
    public static EgressDecision NotNeeded { get; } = new(Permitted: true, "no host outside the estate", Code: "");
}
