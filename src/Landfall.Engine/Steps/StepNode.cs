using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Steps;

/// <summary>A step that the estate declares, before it is known whether it has anything to do.</summary>
public sealed record StepNode
{
    /// <summary>
    /// Unique in the estate: <c>zone.unit</c> for a land step, <c>zone.unit._sql</c> for a publication,
    /// <c>zone.unit.table</c> for the others.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What it does.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Its zone.</summary>
    public required Zone Zone { get; init; }

    /// <summary>Its pool.</summary>
    public required Pool Pool { get; init; }

    /// <summary>The integration that the step is of; null for a product's.</summary>
    public Integration? Integration { get; init; }

    /// <summary>The product that the step is of; null for an integration's.</summary>
    public Product? Product { get; init; }

    /// <summary>
    /// The table built; for a land step the integration's register, for a publication a name that is only locked.
    /// </summary>
    public required TableName Table { get; init; }

    /// <summary>Tables that a build step reads, and that a publication publishes.</summary>
    public ImmutableArray<TableName> Reads { get; init; } = [];

    /// <summary>Keys of the steps that come before.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Id of the integration or product.</summary>
    public string UnitId => Integration?.Id ?? Product!.Id;

    /// <summary>What its tables promise.</summary>
    public Contract Contract => Integration?.Contract ?? Product!.Contract;
}
