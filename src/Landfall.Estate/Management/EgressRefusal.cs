namespace Landfall.Estate.Management;

/// <summary>Why a host and port may not be reached.</summary>
/// <param name="Problem">What the rules say; it holds no secret.</param>
/// <param name="Advice">Whom to ask for what.</param>
public sealed record EgressRefusal(string Problem, string Advice);
