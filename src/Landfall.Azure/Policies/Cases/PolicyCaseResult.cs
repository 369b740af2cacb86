using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Cases;

/// <summary>What came of a case.</summary>
/// <param name="Place">Where the case stands.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Policy">Name of the definition.</param>
/// <param name="Failure">What was otherwise than expected; null where nothing was.</param>
public sealed record PolicyCaseResult(SourceLocation Place, string Name, string Policy, string? Failure);
