namespace Landfall.Cli.Tests.Estates;

/// <summary>One change of the estate of <see cref="EvolvingEstate"/>.</summary>
/// <param name="Name">What changes.</param>
/// <param name="Apply">Makes the change.</param>
/// <param name="Rebuilt">Tables of which rows are written; none where the change is refused.</param>
/// <param name="Refused">Whether the change is refused.</param>
internal sealed record EvolutionCase(string Name, Action<SmallEstate> Apply, string[] Rebuilt, bool Refused = false)
{
    private const string Note = "      - { name: note, logicalType: string }\n";
    private static readonly string[] Everything =
        ["ops.inbox.event", "ops.daily.by_item", "fin.report.noted", "fin.report.total"];

    public static IReadOnlyList<EvolutionCase> All { get; } =
    [
        new("optional column added to an integration", h => h.Change(
            EvolvingEstate.Events, Note, Note + "      - { name: extra, logicalType: string }\n"), Everything),
        new("optional column added to a product", AddProductColumn, ["ops.daily.by_item", "fin.report.total"]),
        new("description changed", h =>
        {
            h.Change(EvolvingEstate.Events, "Number of the event.", "The event's number.");
            h.Change(EvolvingEstate.Daily, "  - name: by_item\n", "  - name: by_item\n    description: By item.\n");
        }, []),
        new("column removed without a new major version", h => h.Change(EvolvingEstate.Events, Note, ""), [], true),
        new("column removed that another zone reads", h =>
        {
            Version(h, EvolvingEstate.Events, "1.0.0", "2.0.0");
            h.Change(EvolvingEstate.Events, Note, "");
        }, [], true),
        new("column removed, readers changed with it", h =>
        {
            Version(h, EvolvingEstate.Events, "1.0.0", "2.0.0");
            h.Change(EvolvingEstate.Events, Note, "");
            h.Change(EvolvingEstate.ReportSql, "count(event.note)", "count(*)");
        }, Everything),
        new("column renamed", h =>
        {
            Version(h, EvolvingEstate.Daily, "1.2.0", "2.0.0");
            h.Change(EvolvingEstate.Daily, "name: qty", "name: quantity");
            h.Change(EvolvingEstate.DailySql, "as qty", "as quantity");
            h.Change("fin/products/report/total.sql", "sum(by_item.qty)", "sum(by_item.quantity)");
        }, ["ops.daily.by_item", "fin.report.total"]),
        new("type widened without a new major version", h => h.Change(
            EvolvingEstate.Events, "name: qty, physicalType: int", "name: qty, physicalType: bigint"), [], true),
        new("type widened", h =>
        {
            Version(h, EvolvingEstate.Events, "1.0.0", "2.0.0");
            h.Change(EvolvingEstate.Events, "name: qty, physicalType: int", "name: qty, physicalType: bigint");
        }, Everything),
        new("column may no longer be null, and rows are", h =>
        {
            Version(h, EvolvingEstate.Events, "1.0.0", "2.0.0");
            h.Change(EvolvingEstate.Events, Note, "      - { name: note, logicalType: string, required: true }\n");
            h.Change("ops/integrations/inbox/integration.yaml", "pool: shared",
                "pool: shared\nquarantineThreshold: 0.9");
        }, Everything),
        new("column may be null now", h =>
        {
            Version(h, EvolvingEstate.Daily, "1.2.0", "2.0.0");
            h.Change(EvolvingEstate.Daily, "physicalType: bigint, required: true", "physicalType: bigint");
        }, ["ops.daily.by_item", "fin.report.total"]),
        new("primary key, quality rule and classification changed", h =>
        {
            Version(h, EvolvingEstate.Daily, "1.2.0", "2.0.0");
            h.Change(EvolvingEstate.Daily, "name: name, logicalType: string, primaryKey: true",
                "name: name, logicalType: string, primaryKey: true, classification: internal");
            h.Change(EvolvingEstate.Daily, "physicalType: bigint, required: true",
                "physicalType: bigint, primaryKey: true");
            h.Change(EvolvingEstate.Daily, "mustBeGreaterThan: 0", "mustBeGreaterThan: 1");
        }, ["ops.daily.by_item", "fin.report.total"]),
        new("major version up, nothing else", h => Version(h, EvolvingEstate.Daily, "1.2.0", "2.0.0"), []),
        new("minor version up, nothing else", h => Version(h, EvolvingEstate.Daily, "1.2.0", "1.3.0"), []),
        new("version down", h => Version(h, EvolvingEstate.Daily, "1.2.0", "1.1.9"), [], true),
        new("table removed without a new major version", h =>
        {
            h.Change(EvolvingEstate.Report, "  - name: noted\n    properties:\n"
                + "      - { name: item, logicalType: string, primaryKey: true }\n"
                + "      - { name: notes, physicalType: bigint, required: true }", "");
            h.Change("fin/products/report/product.yaml", "  - { name: noted }", "");
            File.Delete(Path.Combine(h.EstateFolder, EvolvingEstate.ReportSql));
        }, [], true),
    ];

    private static void AddProductColumn(SmallEstate home)
    {
        home.Change(EvolvingEstate.Daily, "    quality:\n",
            "      - { name: sales, physicalType: bigint }\n    quality:\n");
        home.Change(EvolvingEstate.DailySql, "as qty", "as qty, count(*) as sales");
        Version(home, EvolvingEstate.Daily, "1.2.0", "1.3.0");
    }

    private static void Version(SmallEstate home, string contract, string from, string to) =>
        home.Change(contract, $"\nversion: {from}\n", $"\nversion: {to}\n");
}
