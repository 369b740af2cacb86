using System.Collections.Immutable;

namespace Landfall.Serving.Access;

/// <summary>Somebody who may read by SQL.</summary>
/// <param name="Id">The id in the management zone, and the name of the login.</param>
/// <param name="Roles">Roles, as zone/role.</param>
/// <param name="HasLogin">Whether there is a login.</param>
public sealed record SqlUser(string Id, ImmutableArray<string> Roles, bool HasLogin);
