using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Steps;

/// <summary>A step that the estate declares, before it is known whether it has anything to do.</summary>
public sealed record StepNode
{
    /// <summary>
    /// Unique in the estate: <c>zone.unit</c> for a land step, <c>zone.unit.table</c> for the others.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What it does.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Its zone.</summary>
    public required Zone Zone { get; init; }

    /// <summary>Its pool.</summary>
    public required Pool Pool { get; init; }

    /// <summary>The integration of a land or enrich step; null for a build.</summary>
    public Integration? Integration { get; init; }

    /// <summary>The product of a build step; null otherwise.</summary>
    public Product? Product { get; init; }

    /// <summary>The table built; for a land step the integration's register.</summary>
    public required TableName Table { get; init; }

    /// <summary>Tables that a build step reads.</summary>
    public ImmutableArray<TableName> Reads { get; init; } = [];

    /// <summary>Keys of the steps that come before.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Id of the integration or product.</summary>
    public string UnitId => Integration?.Id ?? Product!.Id;
}
