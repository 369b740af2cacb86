using System.Collections.Immutable;
using Landfall.Estate.Azure;
using Landfall.Estate.Contracts;

namespace Landfall.Estate.Products;

/// <summary>Something of value computed from integrations and other products.</summary>
public sealed record Product
{
    /// <summary>The product's id, unique in its zone across integrations and products.</summary>
    public required string Id { get; init; }

    /// <summary>Id of its zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Owning group.</summary>
    public required string Owner { get; init; }

    /// <summary>Id of its pool.</summary>
    public required string Pool { get; init; }

    /// <summary>What it has of its own in Azure.</summary>
    public AzureUnit Azure { get; init; } = AzureUnit.Shared;

    /// <summary>How it is served: <c>sql</c>; empty for not at all.</summary>
    public required ImmutableArray<string> Serve { get; init; }

    /// <summary>Whether its tables are read by SQL.</summary>
    public bool ServesSql => Serve.Contains("sql");

    /// <summary>Its tables in the order of the manifest.</summary>
    public required ImmutableArray<ProductTable> Tables { get; init; }

    /// <summary>What the tables promise.</summary>
    public required Contract Contract { get; init; }

    /// <summary>The word of its kind: <c>sql</c>, <c>model</c>.</summary>
    public string Type { get; init; } = "sql";

    /// <summary>What its kind says of it beside its tables; null for nothing.</summary>
    public ProductDetails? Details { get; init; }

    /// <summary>The id as SQL has it.</summary>
    public string SqlName => TableName.SqlName(Id);
}
