namespace Landfall.Azure.Policies.Language;

/// <summary>An expression that cannot be evaluated; Azure refuses the resource then.</summary>
/// <param name="message">Why, without a full stop.</param>
internal sealed class PolicyFailure(string message) : Exception(message);
