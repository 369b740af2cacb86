namespace Landfall.Server.Scoring;

/// <summary>Whom a recommendation is for.</summary>
/// <param name="AccountId">The account; null where only services are known.</param>
/// <param name="Services">Services in use; null for those the account is known to use.</param>
internal readonly record struct ScoreSubject(string? AccountId, IReadOnlyCollection<string>? Services);
