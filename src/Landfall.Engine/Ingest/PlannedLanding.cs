using System.Collections.Immutable;
using Landfall.Engine.Ingest.Landing;

namespace Landfall.Engine.Ingest;

/// <summary>What a land step would bring.</summary>
/// <param name="MayRun">Whether it has something to do, or that is not known before it runs.</param>
/// <param name="Reason">Why, as a phrase.</param>
/// <param name="Files">The new files; null for a database, whose changes are known when it is read.</param>
internal sealed record PlannedLanding(bool MayRun, string Reason, ImmutableArray<LandFile>? Files);
