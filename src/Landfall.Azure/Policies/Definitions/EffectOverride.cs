namespace Landfall.Azure.Policies.Definitions;

/// <summary>An effect instead of a definition's.</summary>
/// <param name="Effect">The effect.</param>
/// <param name="Selector">For which of the set's definitions, and which resources.</param>
internal sealed record EffectOverride(PolicyEffect Effect, PolicySelector Selector);
