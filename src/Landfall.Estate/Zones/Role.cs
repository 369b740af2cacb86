using System.Collections.Immutable;

namespace Landfall.Estate.Zones;

/// <summary>A role of a zone: gives groups the right to read tables.</summary>
/// <param name="Id">The role's id.</param>
/// <param name="Groups">Groups of the management zone that hold the role.</param>
/// <param name="Tables">Tables as <c>unit</c> or <c>unit.table</c>, ids of this zone.</param>
public sealed record Role(string Id, ImmutableArray<string> Groups, ImmutableArray<string> Tables);
