using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Lakes;

/// <summary>A table that the estate declares, with what is needed to find and read it.</summary>
public sealed record CatalogTable
{
    /// <summary>Its SQL name.</summary>
    public required TableName Name { get; init; }

    /// <summary>What it is.</summary>
    public required TableKind Kind { get; init; }

    /// <summary>The layer that holds it.</summary>
    public required LakeLayer Layer { get; init; }

    /// <summary>Id of its zone, as declared.</summary>
    public required string ZoneId { get; init; }

    /// <summary>Id of its integration or product, as declared.</summary>
    public required string UnitId { get; init; }

    /// <summary>Its columns, system columns included.</summary>
    public required ContractTable Table { get; init; }

    /// <summary>Its contract; null for tables of Landfall's own.</summary>
    public required Contract? Contract { get; init; }

    /// <summary>The table as who may read some columns only sees it; whole where none are named.</summary>
    public CatalogTable Only(ImmutableArray<string> columns) => columns.IsEmpty ? this
        : this with { Table = Table with { Columns = [.. Table.Columns.Where(c => columns.Contains(c.Name))] } };
}
