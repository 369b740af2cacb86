using System.Globalization;

namespace Landfall.Bench;

/// <summary>
/// An estate of many zones in a ring, each peered with the one before and the one after. A zone has an integration and
/// products of SQL: all on a shared pool, a container job and a Spark pool in turn, but the last product, which has a
/// resource group of its own. The first product reads the zone before by an agreement.
/// </summary>
/// <param name="folder">Where it is written.</param>
/// <param name="zones">How many landing zones: 250 at most, each with a network of its own.</param>
/// <param name="products">How many products in each.</param>
internal sealed class AzureEstate(string folder, int zones, int products)
{
    /// <summary>A line of a zone's manifest that its deployment alone depends on.</summary>
    public const string Budget = "budget: { monthly: 99.00 }";

    /// <summary>A zone's manifest.</summary>
    public static string ZoneFile(int zone) => $"{Zone(zone)}/zone.yaml";

    /// <summary>Writes the estate.</summary>
    public void Write()
    {
        WriteHead();
        WriteEnvironment();
        for (int zone = 1; zone <= zones; zone++)
        {
            WriteZone(zone);
            WriteIntegration(zone);
            for (int product = 1; product <= products; product++)
            {
                WriteProduct(zone, product);
            }

            if (zones > 1)
            {
                WriteAgreement(zone);
            }
        }
    }

    private static string Zone(int zone) => string.Create(CultureInfo.InvariantCulture, $"zone-{zone:D2}");

    private static string Product(int product) =>
        string.Create(CultureInfo.InvariantCulture, $"product-{product:D2}");

    private static string Subscription(int zone) =>
        string.Create(CultureInfo.InvariantCulture, $"{zone:x8}-0000-4000-8000-000000000000");

    private int Before(int zone) => zone == 1 ? zones : zone - 1;

    private int After(int zone) => zone == zones ? 1 : zone + 1;

    private void WriteHead()
    {
        File("estate.yaml", """
            apiVersion: landfall/v1
            kind: Estate
            name: many
            title: Many zones
            domain: many.example
            currency: EUR
            prices: { version: "1", storageGigabyteMonth: 0.021, millionRequests: 0.40 }
            targets: { local: { lake: lake, locations: { inbox: inbox } } }
            """);
        File("management/zone.yaml", """
            apiVersion: landfall/v1
            kind: ManagementZone
            id: management
            owner: team
            network: { range: 10.255.0.0/20, dnsSuffix: many.internal }
            identities: { users: [ana@many.example], groups: [{ id: team, members: [ana@many.example] }] }
            """);
    }

    private void WriteEnvironment()
    {
        string all = string.Concat(Enumerable.Range(1, zones).Select(
            z => $"\n  {Zone(z)}: {{ subscription: {Subscription(z)} }}"));
        File("azure/dev.yaml", $$"""
            apiVersion: landfall/v1
            kind: AzureEnvironment
            environment: dev
            tenant: 90000000-0000-4000-8000-000000000000
            region: westeurope
            zoneRedundant: false
            budgetStart: 2026-12-01
            groups: { team: 80000000-0000-4000-8000-000000000000 }
            locations: { inbox: https://manyzonesinbox.blob.core.windows.net/in }
            egress: [{ name: inbox, host: manyzonesinbox.blob.core.windows.net, ports: [443] }]
            image: registry.many.example/landfall:1.0
            zones:
              management: { subscription: 70000000-0000-4000-8000-000000000000 }{{all}}
            """);
    }

    private void WriteZone(int zone)
    {
        IEnumerable<string> peers = new[] { Before(zone), After(zone) }.Where(z => z != zone).Distinct().Select(Zone);
        File(ZoneFile(zone), $$"""
            apiVersion: landfall/v1
            kind: LandingZone
            id: {{Zone(zone)}}
            title: Zone {{zone}}
            owner: team
            costCentre: CC-{{zone}}
            peers: [{{string.Join(", ", peers)}}]
            network: { range: 10.{{zone}}.0.0/20 }
            tools: { engines: [duckdb], sources: [files], serving: [sql] }
            {{Budget}}
            pools:
              - { id: shared, engine: duckdb, memory: 2GiB, threads: 1, concurrency: 1, timeout: 1h,
                  price: { cpuHour: 0.06 }, azure: { service: {{(zone % 2 == 1 ? "containerJob" : "synapse")}} } }
            roles: []
            """);
    }

    private void WriteIntegration(int zone)
    {
        File($"{Zone(zone)}/integrations/inbox/integration.yaml", """
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: Inbox
            owner: team
            pool: shared
            source: { type: files, location: inbox }
            tables: [{ name: item, files: "*.csv", mode: append }]
            """);
        WriteContract($"{Zone(zone)}/integrations/inbox", "inbox", "item");
    }

    private void WriteProduct(int zone, int product)
    {
        string own = product != products ? ""
            : $"azure: {{ service: {(zone % 2 == 1 ? "synapse" : "dataFactory")} }}";
        string path = $"{Zone(zone)}/products/{Product(product)}";
        File($"{path}/product.yaml", $"""
            apiVersion: landfall/v1
            kind: Product
            id: {Product(product)}
            title: Product {product}
            owner: team
            type: sql
            pool: shared
            tables: [{"{ name: total }"}]
            {own}
            """);
        string provider = Zone(product == 1 ? Before(zone) : zone).Replace('-', '_');
        File($"{path}/total.sql", $"select count(*) as id from {provider}.inbox.item as item");
        WriteContract(path, Product(product), "total");
    }

    private void WriteContract(string path, string id, string table) =>
        File($"{path}/contract.odcs.yaml", $$"""
            apiVersion: v3.1.0
            kind: DataContract
            id: {{id}}
            version: 1.0.0
            status: active
            schema:
              - name: {{table}}
                properties:
                  - { name: id, logicalType: integer }
            """);

    /// <summary>The zone after reads this one's table.</summary>
    private void WriteAgreement(int zone) =>
        File($"{Zone(zone)}/agreements/neighbour.oaas.yaml", $$"""
            apiVersion: v0.9.0
            kind: AccessAgreement
            id: {{Zone(zone)}}-to-neighbour
            status: approved
            description: { purpose: Count what the neighbour has. }
            startTimestamp: 2026-01-01T00:00:00Z
            endTimestamp: 2099-01-01T00:00:00Z
            provider: { teamId: {{Zone(zone)}}, dataProductId: inbox, outputPortId: item }
            consumer: { teamId: {{Zone(After(zone))}}, dataProductId: {{Product(1)}} }
            customProperties: [{ property: signedBy, value: ana@many.example }]
            """);

    private void File(string name, string text)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
    }
}
