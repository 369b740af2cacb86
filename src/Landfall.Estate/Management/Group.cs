using System.Collections.Immutable;

namespace Landfall.Estate.Management;

/// <summary>A group of identities; roles are granted to groups only.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Members">Ids of users and service principals.</param>
public sealed record Group(string Id, ImmutableArray<string> Members);
