using System.Collections.Immutable;

namespace Landfall.Server.Scoring;

/// <summary>A checked request for recommendations.</summary>
/// <param name="Subjects">Whom for, at least one.</param>
/// <param name="Count">How many services for each.</param>
/// <param name="Excluded">Services never to return.</param>
internal sealed record ScoreQuery(
    ImmutableArray<ScoreSubject> Subjects, int Count, IReadOnlyCollection<string> Excluded);
