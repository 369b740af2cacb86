using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// An estate of two zones for changes of contracts: operations lands events and items and counts items a month; finance
/// reports on both by agreement. The files have a column that no contract has.
/// </summary>
internal static class EvolvingEstate
{
    public const string Events = "ops/integrations/inbox/contract.odcs.yaml";
    public const string Daily = "ops/products/daily/contract.odcs.yaml";
    public const string DailySql = "ops/products/daily/by_item.sql";
    public const string Report = "fin/products/report/contract.odcs.yaml";
    public const string ReportSql = "fin/products/report/noted.sql";

    /// <summary>Writes estate and sources.</summary>
    public static SmallEstate Create()
    {
        SmallEstate home = new();
        WriteZones(home);
        WriteInbox(home);
        WriteDaily(home);
        WriteReport(home);
        WriteAgreement(home, "inbox", "event");
        WriteAgreement(home, "daily", "by_item");
        home.Put("events/one.csv", """
            id,sold_at,item,qty,note,extra
            1,2026-01-05T10:00:00Z,a,2,first,x
            2,2026-01-06T10:00:00Z,b,3,,y
            3,2026-02-01T10:00:00Z,a,5,third,

            """);
        home.Put("events/two.csv", """
            id,sold_at,item,qty,note,extra
            4,2026-02-03T10:00:00Z,b,7,fourth,z
            5,2026-03-03T10:00:00Z,a,11,,w

            """);
        home.Put("items/items.csv", "item,name\na,Apple\nb,Bread\n");
        return home;
    }

    private static void WriteZones(SmallEstate home)
    {
        TestManifests.WriteHead(
            home.EstateFolder, "{ src: src }", "[]", ("ops-team", "ana"), ("fin-team", "ben"));
        WriteZone(home, "ops", "fin", 1);
        WriteZone(home, "fin", "ops", 2);
    }

    private static void WriteZone(SmallEstate home, string id, string peer, int range) =>
        home.Write($"{id}/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: LandingZone
            id: {{id}}
            title: {{id}}
            owner: {{id}}-team
            costCentre: CC-1
            peers: [{{peer}}]
            network: { range: 10.{{range}}.0.0/16 }
            tools: { engines: [duckdb], sources: [files], serving: [sql] }
            pools:
              - { id: shared, engine: duckdb, memory: 1GiB, threads: 1, concurrency: 2, timeout: 1h,
                  price: { cpuHour: 0.06 } }
            roles: []
            """);

    private static void WriteInbox(SmallEstate home)
    {
        home.Write("ops/integrations/inbox/integration.yaml", """
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: Inbox
            owner: ops-team
            pool: shared
            source: { type: files, location: src }
            tables:
              - { name: event, files: "events/*.csv", mode: append }
              - { name: item, files: "items/*.csv", mode: snapshot }
            """);
        home.Write(Events, """
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: 1.0.0
            status: active
            schema:
              - name: event
                description: What was sold.
                properties:
                  - { name: id, physicalType: bigint, primaryKey: true, description: Number of the event. }
                  - { name: sold_at, logicalType: timestamp, required: true }
                  - { name: item, logicalType: string, required: true }
                  - { name: qty, physicalType: int, required: true, classification: internal }
                  - { name: note, logicalType: string }
              - name: item
                properties:
                  - { name: item, logicalType: string, primaryKey: true }
                  - { name: name, logicalType: string, required: true }
            """);
    }

    private static void WriteDaily(SmallEstate home)
    {
        home.Write("ops/products/daily/product.yaml", """
            apiVersion: landfall/v1
            kind: Product
            id: daily
            title: Daily
            owner: ops-team
            type: sql
            pool: shared
            tables:
              - name: by_item
                incremental:
                  column: month
                  inputs:
                    ops.inbox.event: "@month(sold_at)"
            """);
        home.Write(DailySql, """
            select @month(event.sold_at) as month, item.name as name, sum(event.qty) as qty
            from ops.inbox.event as event
            join ops.inbox.item as item on item.item = event.item
            group by @month(event.sold_at), item.name
            """);
        home.Write(Daily, """
            apiVersion: v3.1.0
            kind: DataContract
            id: daily
            version: 1.2.0
            status: active
            schema:
              - name: by_item
                properties:
                  - { name: month, logicalType: date, primaryKey: true }
                  - { name: name, logicalType: string, primaryKey: true }
                  - { name: qty, physicalType: bigint, required: true }
                quality:
                  - { name: some_rows, type: library, metric: rowCount, mustBeGreaterThan: 0, severity: error }
            """);
    }

    private static void WriteReport(SmallEstate home)
    {
        home.Write("fin/products/report/product.yaml", """
            apiVersion: landfall/v1
            kind: Product
            id: report
            title: Report
            owner: fin-team
            type: sql
            pool: shared
            tables:
              - { name: total }
              - { name: noted }
            """);
        home.Write("fin/products/report/total.sql",
            "select by_item.month, sum(by_item.qty) as qty\nfrom ops.daily.by_item as by_item\n"
            + "group by by_item.month\n");
        home.Write(ReportSql, """
            select event.item, count(event.note) as notes
            from ops.inbox.event as event
            group by event.item
            """);
        home.Write(Report, """
            apiVersion: v3.1.0
            kind: DataContract
            id: report
            version: 1.0.0
            status: active
            schema:
              - name: total
                properties:
                  - { name: month, logicalType: date, primaryKey: true }
                  - { name: qty, physicalType: bigint, required: true }
              - name: noted
                properties:
                  - { name: item, logicalType: string, primaryKey: true }
                  - { name: notes, physicalType: bigint, required: true }
            """);
    }

    private static void WriteAgreement(SmallEstate home, string unit, string table) =>
        home.Write($"ops/agreements/{unit}.oaas.yaml", $$"""
            apiVersion: v0.9.0
            kind: AccessAgreement
            id: {{unit}}-to-report
            status: approved
            description:
              purpose: Report.
            startTimestamp: 2026-01-01T00:00:00Z
            endTimestamp: 2036-01-01T00:00:00Z
            provider: { teamId: ops, dataProductId: {{unit}}, outputPortId: {{table}} }
            consumer: { teamId: fin, dataProductId: report }
            customProperties:
              - { property: signedBy, value: ana@test.example }
            """);
}
