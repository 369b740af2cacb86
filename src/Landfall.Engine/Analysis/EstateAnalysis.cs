using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Graph;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;
using Landfall.Sql;

namespace Landfall.Engine.Analysis;

/// <summary>
/// What an estate's files mean together: queries compiled, tables resolved, reads of other zones decided, steps in
/// order. Needs no data and no lake. Immutable.
/// </summary>
public sealed class EstateAnalysis
{
    private readonly ImmutableDictionary<TableName, BuildDefinition> _definitions;

    private EstateAnalysis(
        ImmutableArray<Diagnostic> diagnostics, ImmutableDictionary<TableName, BuildDefinition> definitions,
        ImmutableArray<StepNode> steps, IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads)
    {
        Reads = reads;
        Diagnostics = diagnostics;
        _definitions = definitions;
        Steps = steps;
    }

    /// <summary>Every problem found, in order of place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Whether a problem is an error; then there are no steps.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>All steps, each after those it depends on.</summary>
    public ImmutableArray<StepNode> Steps { get; }

    /// <summary>What the SQL of each product's table reads, also where it has errors.</summary>
    public IReadOnlyDictionary<TableName, ImmutableArray<TableName>> Reads { get; }

    /// <summary>What builds a product's table.</summary>
    public BuildDefinition Definition(TableName table) => _definitions[table];

    /// <summary>What builds a product's table; null where there is none of that name.</summary>
    public BuildDefinition? FindDefinition(TableName table) => _definitions.GetValueOrDefault(table);

    /// <summary>Analyses the estate of a session.</summary>
    /// <param name="session">The open estate.</param>
    /// <param name="now">The time at which agreements must hold.</param>
    public static EstateAnalysis Of(EngineSession session, DateTimeOffset now) =>
        Of(
            session.Engine.Sql, session.Options.Engines, session.Options.Products, session.Estate, session.Catalog,
            now, session.Options.Publisher is not null);

    /// <summary>Analyses an estate.</summary>
    /// <param name="frontEnd">Parses and binds SQL.</param>
    /// <param name="engines">Names of the engines that there are.</param>
    /// <param name="products">The kinds of products that there are; those of the estate are among them.</param>
    /// <param name="estate">The estate.</param>
    /// <param name="catalog">Its tables.</param>
    /// <param name="now">The time at which agreements must hold.</param>
    /// <param name="publishes">Whether tables are published to where people read them.</param>
    public static EstateAnalysis Of(
        ISqlFrontEnd frontEnd, IReadOnlyCollection<string> engines, IReadOnlyCollection<IProductKind> products,
        EstateDefinition estate, EstateCatalog catalog, DateTimeOffset now, bool publishes = false)
    {
        List<Diagnostic> diagnostics = [.. EngineCheck.Of(estate, engines)];
        List<BuildDefinition> definitions = [];
        QueryCompiler compiler = new(frontEnd, estate, catalog, now);
        foreach ((Zone zone, Product product, ProductTable table) in ProductTables(estate))
        {
            TableName name = new(zone.SqlName, product.SqlName, table.Name);
            if (!catalog.TryFind(name, out CatalogTable? entry))
            {
                continue;
            }

            BuildDefinition? definition = table.IsComputed
                ? products.Single(k => k.Manifest.Type == product.Type).Describe(product, table, entry)
                : compiler.Compile(product, table, entry, diagnostics);
            if (definition is not null)
            {
                compiler.Reads[name] = definition.Reads;
                definitions.Add(definition);
            }
        }

        var reads = definitions.ToDictionary(m => m.Table.Name, m => m.Reads);
        FindCycle(estate, reads, diagnostics);
        diagnostics.AddRange(QualityRuleCheck.Of(frontEnd, estate, catalog, compiler.Reads));
        ImmutableArray<Diagnostic> ordered =
            [.. diagnostics.OrderBy(d => d.Location.ToString(), StringComparer.Ordinal)];
        bool errors = ordered.Any(d => d.Severity == Severity.Error);
        return new(
            ordered, definitions.ToImmutableDictionary(m => m.Table.Name),
            errors ? [] : StepGraph.Of(estate, reads, publishes), compiler.Reads);
    }

    private static IEnumerable<(Zone Zone, Product Product, ProductTable Table)> ProductTables(
        EstateDefinition estate) =>
        from zone in estate.Zones
        from product in zone.Products
        from table in product.Tables
        select (zone, product, table);

    private static void FindCycle(
        EstateDefinition estate, Dictionary<TableName, ImmutableArray<TableName>> reads, List<Diagnostic> diagnostics)
    {
        DirectedGraph<TableName> graph = new(reads.SelectMany(r => r.Value.Select(input => (input, r.Key))));
        if (graph.FindCycle() is not [TableName first, ..] cycle)
        {
            return;
        }

        ProductTable table = ProductTables(estate)
            .First(t => new TableName(t.Zone.SqlName, t.Product.SqlName, t.Table.Name) == first).Table;
        diagnostics.Add(new(
            "LF2041",
            Severity.Error,
            new(table.SqlFile, 1, 1),
            $"These tables read each other in a circle: {string.Join(", ", cycle)}.",
            "Take one of these reads out of its SQL."));
    }
}
