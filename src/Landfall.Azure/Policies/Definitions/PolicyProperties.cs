namespace Landfall.Azure.Policies.Definitions;

/// <summary>Where mode and parameters of a definition or set stand.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Parameters">The parameters.</param>
internal readonly record struct PolicyProperties(PolicyJson Mode, PolicyJson Parameters);
