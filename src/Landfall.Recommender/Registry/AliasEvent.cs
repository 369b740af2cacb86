namespace Landfall.Recommender.Registry;

/// <summary>An alias was given to a version.</summary>
/// <param name="Alias"><c>champion</c> or <c>challenger</c>.</param>
/// <param name="Version">The version.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record AliasEvent(string Alias, int Version, DateTimeOffset At, string Reason);
