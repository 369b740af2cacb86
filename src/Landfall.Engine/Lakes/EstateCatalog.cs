using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Lakes;

/// <summary>Every table that an estate declares, by SQL name. Immutable.</summary>
public sealed class EstateCatalog
{
    private readonly ImmutableSortedDictionary<TableName, CatalogTable> _tables;

    /// <summary>Lists the tables of an estate, quarantine and platform tables included.</summary>
    public EstateCatalog(EstateDefinition estate)
    {
        IEnumerable<CatalogTable> declared = estate.Zones.SelectMany(z =>
            z.Integrations.SelectMany(i => i.Contract.Tables.SelectMany(t => OfIntegration(z, i, t)))
                .Concat(z.Products.SelectMany(p => p.Contract.Tables.Select(t => OfProduct(z, p, t)))));
        _tables = declared.Concat(PlatformTables.All(estate.Management.Id))
            .ToImmutableSortedDictionary(t => t.Name, t => t);
    }

    /// <summary>All tables in order of name.</summary>
    public IEnumerable<CatalogTable> Tables => _tables.Values;

    /// <summary>Finds a table.</summary>
    public bool TryFind(TableName name, [NotNullWhen(true)] out CatalogTable? table) =>
        _tables.TryGetValue(name, out table);

    /// <summary>A table that is known to be declared; throws <see cref="ArgumentException"/> for any other.</summary>
    public CatalogTable Get(TableName name) => TryFind(name, out CatalogTable? table)
        ? table
        : throw new ArgumentException($"{name} is not in the catalogue.", nameof(name));

    /// <summary>The quarantine of an enriched table.</summary>
    public CatalogTable QuarantineOf(TableName enriched) =>
        Get(enriched with { Table = enriched.Table + EstateNames.QuarantineSuffix });

    /// <summary>The system columns that every enriched table ends with.</summary>
    public static ImmutableArray<ContractColumn> SystemColumns { get; } =
    [
        Column("_batch", DataType.BigInt, "Batch that brought the row."),
        Column("_source", DataType.String, "File or relation the row came from."),
    ];

    /// <summary>A column of a table of Landfall's own.</summary>
    internal static ContractColumn Column(string name, DataType type, string description, bool required = true) => new()
    {
        Name = name,
        Type = type,
        Required = required,
        PrimaryKeyPosition = 0,
        Classification = "internal",
        Description = description,
    };

    private static IEnumerable<CatalogTable> OfIntegration(Zone zone, Integration integration, ContractTable table)
    {
        CatalogTable enriched = new()
        {
            Name = new(zone.SqlName, integration.SqlName, table.Name),
            Kind = TableKind.Enriched,
            Layer = LakeLayer.Enriched,
            ZoneId = zone.Id,
            UnitId = integration.Id,
            Table = table with { Columns = [.. table.Columns, .. SystemColumns] },
            Contract = integration.Contract,
        };
        yield return enriched;
        yield return enriched with
        {
            Name = enriched.Name with { Table = table.Name + EstateNames.QuarantineSuffix },
            Kind = TableKind.Quarantine,
            Table = QuarantineOf(table),
            Contract = null,
        };
    }

    private static CatalogTable OfProduct(Zone zone, Product product, ContractTable table) => new()
    {
        Name = new(zone.SqlName, product.SqlName, table.Name),
        Kind = TableKind.Product,
        Layer = LakeLayer.Curated,
        ZoneId = zone.Id,
        UnitId = product.Id,
        Table = table,
        Contract = product.Contract,
    };

    private static ContractTable QuarantineOf(ContractTable table) => new()
    {
        Name = table.Name + EstateNames.QuarantineSuffix,
        Description = $"Rows of {table.Name} that broke its contract.",
        Quality = [],
        Columns =
        [
            Column("_batch", DataType.BigInt, "Batch that brought the row."),
            Column("_source", DataType.String, "File or relation the row came from."),
            Column("_row", DataType.BigInt, "Line in the file from 1, or row in the batch.", required: false),
            Column("rule", DataType.String, "The rule that the row broke."),
            Column("column_name", DataType.String, "The column that broke it.", required: false),
            Column("raw", DataType.String, "The row as the source sent it.", required: false),
            Column("quarantined_at", DataType.Timestamp, "When the row was quarantined."),
        ],
    };
}
