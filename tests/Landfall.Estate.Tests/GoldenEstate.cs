using System.Collections.Immutable;

namespace Landfall.Estate.Tests;

/// <summary>A small valid estate with one of everything; tests change a copy of it.</summary>
internal static class GoldenEstate
{
    /// <summary>Where what the golden management zone has already begins.</summary>
    public const string Hub =
        "/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/hub/providers";

    private const string Net = "/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/net/providers"
        + "/Microsoft.Network/virtualNetworks/alpha";

    public static ImmutableSortedDictionary<string, string> Files { get; } =
        new Dictionary<string, string>
        {
            ["estate.yaml"] = """
                apiVersion: landfall/v1
                kind: Estate
                name: golden
                title: Golden
                domain: golden.example
                currency: EUR
                prices: { version: "2026-01", storageGigabyteMonth: 0.021, millionRequests: 0.40 }
                targets:
                  local: { lake: lake, locations: { events: sources/events } }
                """,
            ["management/zone.yaml"] = """
                apiVersion: landfall/v1
                kind: ManagementZone
                id: management
                owner: platform-team
                network: { range: 10.0.0.0/16, dnsSuffix: golden.internal }
                egress:
                  - { name: ledger-database, host: db.golden.example, ports: [5432] }
                identities:
                  users: [ana@golden.example, ben@golden.example]
                  servicePrincipals: [portal]
                  groups:
                    - { id: platform-team, members: [ana@golden.example, portal] }
                    - { id: alpha-team, members: [ben@golden.example] }
                azure: { existing: [network, firewall, dnsZones, purview, logWorkspace] }
                """,
            ["azure/dev.yaml"] = $$"""
                apiVersion: landfall/v1
                kind: AzureEnvironment
                environment: dev
                tenant: 00000000-0000-4000-8000-000000000001
                region: westeurope
                zoneRedundant: true
                budgetStart: 2026-12-01
                zones:
                  management:
                    subscription: 00000000-0000-4000-8000-000000000002
                    existing:
                      network: {{Hub}}/Microsoft.Network/virtualNetworks/hub
                      firewall: {{Hub}}/Microsoft.Network/firewallPolicies/hub
                      firewallAddress: 10.0.0.4
                      dnsZones: /subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/names
                      purview: {{Hub}}/Microsoft.Purview/accounts/golden
                      logWorkspace: {{Hub}}/Microsoft.OperationalInsights/workspaces/golden
                  alpha:
                    subscription: 00000000-0000-4000-8000-000000000003
                    region: northeurope
                    existing:
                      network: {{Net}}
                  beta: { subscription: 00000000-0000-4000-8000-000000000004 }
                groups:
                  platform-team: 00000000-0000-4000-8000-000000000005
                  alpha-team: 00000000-0000-4000-8000-000000000006
                locations: { events: "https://events.golden.example/clicks" }
                hosts:
                  beta.ledger: { host: db-dev.golden.example, port: 5432 }
                egress:
                  - { name: ledger-database, host: db-dev.golden.example, ports: [5432] }
                  - { name: events, host: events.golden.example }
                image: registry.golden.example/landfall:1.0.0
                """,
            ["alpha/zone.yaml"] = """
                apiVersion: landfall/v1
                kind: LandingZone
                id: alpha
                title: Alpha
                owner: alpha-team
                costCentre: CC-1
                peers: [beta]
                network: { range: 10.1.0.0/16 }
                tools: { engines: [duckdb], sources: [files], serving: [] }
                budget: { monthly: 500.00 }
                pools:
                  - { id: ingest, engine: duckdb, memory: 2GiB, threads: 2, concurrency: 1, timeout: 2h,
                      price: { cpuHour: 0.06 }, dedicatedTo: events, azure: { service: containerJob } }
                roles:
                  - { id: reader, groups: [alpha-team], tables: [events, events.click] }
                azure: { existing: [network] }
                """,
            ["alpha/integrations/events/integration.yaml"] = """
                apiVersion: landfall/v1
                kind: Integration
                id: events
                title: Events
                owner: alpha-team
                pool: ingest
                source: { type: files, location: events }
                quarantineThreshold: 0.05
                tables:
                  - { name: click, files: "**/*.csv.gz", format: csv, mode: append, onRewrite: fail, delimiter: ";",
                      nullText: "NULL", sourceTime: name, rename: { click_id: ClickId } }
                azure: { service: dataFactory, runtime: selfHosted }
                """,
            ["alpha/integrations/events/contract.odcs.yaml"] = """
                apiVersion: v3.1.0
                kind: DataContract
                id: alpha-events
                version: 1.0.0
                status: active
                schema:
                  - name: click
                    description: One click.
                    properties:
                      - { name: click_id, logicalType: integer, physicalType: bigint, primaryKey: true }
                      - { name: clicked_at, logicalType: timestamp, required: true }
                      - { name: page, logicalType: string, classification: internal,
                          quality: [{ metric: nullValues, mustBeLessThan: 5, unit: percent, severity: warning }] }
                      - { name: tags, logicalType: array, items: { logicalType: string } }
                      - { name: place, logicalType: object,
                          properties: [{ name: x, physicalType: double, required: true }] }
                    quality:
                      - { name: any_rows, type: library, metric: rowCount, mustBeGreaterThan: 0, severity: error }
                slaProperties:
                  - { property: freshness, value: 36, unit: h }
                """,
            ["alpha/agreements/report.oaas.yaml"] = """
                apiVersion: v0.9.0
                kind: AccessAgreement
                id: clicks-to-report
                status: approved
                description: { purpose: Count clicks. }
                startTimestamp: 2026-01-01T00:00:00Z
                endTimestamp: 2027-01-01T00:00:00Z
                provider: { teamId: alpha, dataProductId: events, outputPortId: click }
                consumer: { teamId: beta, dataProductId: report }
                customProperties: [{ property: signedBy, value: ben@golden.example }]
                """,
            ["beta/zone.yaml"] = """
                apiVersion: landfall/v1
                kind: LandingZone
                id: beta
                title: Beta
                owner: platform-team
                costCentre: CC-2
                peers: [alpha]
                network: { range: 10.2.0.0/16 }
                tools: { engines: [duckdb], sources: [postgres], serving: [sql] }
                pools:
                  - { id: shared, engine: duckdb, memory: 1GiB, threads: 1, concurrency: 2, timeout: 1h30m,
                      price: { cpuHour: 0.06 }, azure: { service: databricks } }
                  - { id: ledger, engine: duckdb, memory: 512MiB, threads: 1, concurrency: 1, timeout: 45s,
                      price: { cpuHour: 0 }, secrets: [LEDGER_PASSWORD], dedicatedTo: ledger,
                      azure: { service: synapse } }
                """,
            ["beta/integrations/ledger/integration.yaml"] = """
                apiVersion: landfall/v1
                kind: Integration
                id: ledger
                title: Ledger
                owner: platform-team
                pool: ledger
                source: { type: postgres, host: db.golden.example, port: 5432, database: books, user: reader,
                    password: "${secret:LEDGER_PASSWORD}" }
                tables:
                  - { name: entry, relation: books.entry, mode: upsert, cursor: changed_at, overlap: 1h,
                      sourceTimeZone: UTC }
                  - { name: account, relation: books.account, mode: snapshot }
                azure: { runtime: selfHosted }
                """,
            ["beta/integrations/ledger/contract.odcs.yaml"] = """
                apiVersion: v3.1.0
                kind: DataContract
                id: beta-ledger
                version: 1.0.0
                status: active
                schema:
                  - name: entry
                    properties:
                      - { name: entry_id, logicalType: integer, primaryKey: true, primaryKeyPosition: 1 }
                      - { name: amount, logicalType: number, physicalType: "decimal(18,2)", required: true }
                      - { name: changed_at, logicalType: timestamp, required: true }
                  - name: account
                    properties:
                      - { name: account_id, logicalType: string, required: true }
                """,
            ["beta/products/report/product.yaml"] = """
                apiVersion: landfall/v1
                kind: Product
                id: report
                title: Report
                owner: platform-team
                type: sql
                pool: shared
                serve: [sql]
                tables:
                  - name: clicks_by_month
                    incremental:
                      column: month
                      inputs:
                        alpha.events.click: "@month(clicked_at)"
                azure: { service: synapse, entry: { type: powerBi } }
                """,
            ["beta/products/report/contract.odcs.yaml"] = """
                apiVersion: v3.2.0
                kind: DataContract
                id: beta-report
                version: 2.1.0
                schema:
                  - name: clicks_by_month
                    properties:
                      - { name: month, logicalType: date, primaryKey: true, primaryKeyPosition: 1 }
                      - { name: clicks, physicalType: bigint, required: true }
                    quality:
                      - { name: adds_up, type: sql, query: "select count(*) from ${table} where clicks < 0", mustBe: 0 }
                """,
            ["beta/products/report/clicks_by_month.sql"] = """
                select @month(clicked_at) as month, count(*) as clicks from alpha.events.click group by 1
                """,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
