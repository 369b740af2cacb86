using System.Collections.Immutable;

namespace Landfall.Azure.Checking.Tables;

/// <summary>A part of a resource that private endpoints lead to.</summary>
/// <param name="Type">Type of the resource.</param>
/// <param name="Group">Group id.</param>
/// <param name="Zones">The DNS zones that its names stand in; <c>{region}</c> stands for the resource's region.</param>
internal sealed record PrivateLinkGroup(string Type, string Group, ImmutableArray<string> Zones);
