namespace Landfall.Azure.Policies.Evaluation;

/// <summary>What policies change of a resource before it is deployed.</summary>
/// <param name="Field">The field.</param>
/// <param name="Description">The change in words.</param>
/// <param name="IsConflict">Whether the resource has another value, so that it is refused.</param>
internal sealed record ResourceChange(string Field, string Description, bool IsConflict);
