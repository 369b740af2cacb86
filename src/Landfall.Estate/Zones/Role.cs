using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Estate.Zones;

/// <summary>A role of a zone: gives groups the right to read tables.</summary>
/// <param name="Id">The role's id.</param>
/// <param name="Groups">Groups of the management zone that hold the role.</param>
/// <param name="Tables">Tables as <c>unit</c> or <c>unit.table</c>, ids of this zone.</param>
public sealed record Role(string Id, ImmutableArray<string> Groups, ImmutableArray<string> Tables)
{
    /// <summary>Classifications that are shown to roles that name them only.</summary>
    public static ImmutableArray<string> Named { get; } = ["personal", "restricted"];

    /// <summary>Those of <see cref="Named"/> that the role names.</summary>
    public ImmutableArray<string> Classifications { get; init; } = [];

    /// <summary>Whether the role reads a table.</summary>
    public bool Covers(string unitId, string table) => Tables.Contains(unitId) || Tables.Contains($"{unitId}.{table}");

    /// <summary>Whether the role may see a column of a table that it reads.</summary>
    public bool Sees(ContractColumn column) =>
        !Named.Contains(column.Classification, StringComparer.OrdinalIgnoreCase)
        || Classifications.Contains(column.Classification, StringComparer.OrdinalIgnoreCase);
}
