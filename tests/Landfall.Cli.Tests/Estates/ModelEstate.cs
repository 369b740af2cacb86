using System.Globalization;
using System.Text;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// An estate of one zone with a small model that meets its promotion criteria: accounts adopt the services of their own
/// quarter of the catalogue, in an order of their own. Customers have one to three accounts; some accounts have no
/// customer, and some are in no table of accounts.
/// </summary>
internal static class ModelEstate
{
    public const string Manifest = "ops/products/suggest/product.yaml";
    public const string Product = "ops.suggest";

    private const int Customers = 90;
    private const int Days = 45;

    /// <summary>Accounts of nobody's, with a row in the table of accounts or without one.</summary>
    private static readonly string[] Strays = ["nobody1", "nobody2", "unknown1", "unknown2"];

    /// <summary>Writes estate and sources; the endpoint holds out a tenth of the customers.</summary>
    public static SmallEstate Create()
    {
        SmallEstate home = new();
        WriteZones(home);
        WriteInbox(home);
        WriteProduct(home);
        StringBuilder accounts = new("account_id,customer_id\n");
        List<string> all = [];
        for (int customer = 0; customer < Customers; customer++)
        {
            foreach (int number in Enumerable.Range(1, 1 + (customer % 3)))
            {
                all.Add($"a{customer}x{number}");
                accounts.Append(CultureInfo.InvariantCulture, $"a{customer}x{number},c{customer}\n");
            }
        }

        accounts.Append("nobody1,\nnobody2,\n");
        home.Put("accounts/accounts.csv", accounts.ToString());
        home.Put("usage/usage.csv", Usage([.. all, .. Strays]));
        return home;
    }

    private static string Usage(string[] accounts)
    {
        StringBuilder usage = new("account_id,service_id,day,amount\n");
        DateOnly first = new(2026, 1, 1);
        for (int account = 0; account < accounts.Length; account++)
        {
            for (int i = 0, offset = account % 7; offset < Days; i++, offset += 9)
            {
                usage.Append(
                    CultureInfo.InvariantCulture,
                    $"{accounts[account]},s{account % 4}{(i + (account / 4)) % 7},"
                    + $"{first.AddDays(offset):yyyy-MM-dd},{1 + (account % 5)}\n");
            }
        }

        return usage.ToString();
    }

    private static void WriteZones(SmallEstate home)
    {
        TestManifests.WriteHead(home.EstateFolder, "{ src: src }", groups: ("ops-team", "ana"));
        home.Write("ops/zone.yaml", """
            apiVersion: landfall/v1
            kind: LandingZone
            id: ops
            title: Operations
            owner: ops-team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb], sources: [files], serving: [sql, http] }
            pools:
              - { id: shared, engine: duckdb, memory: 1GiB, threads: 1, concurrency: 2, timeout: 1h,
                  price: { cpuHour: 0.06 } }
            roles: []
            """);
    }

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
              - { name: usage, files: "usage/*.csv", mode: append }
              - { name: account, files: "accounts/*.csv", mode: snapshot }
            """);
        home.Write("ops/integrations/inbox/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: 1.0.0
            status: active
            schema:
              - name: usage
                properties:
                  - { name: account_id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: service_id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 2 }
                  - { name: day, logicalType: date, required: true, primaryKey: true, primaryKeyPosition: 3 }
                  - { name: amount, physicalType: double, required: true }
              - name: account
                properties:
                  - { name: account_id, logicalType: string, required: true, primaryKey: true }
                  - { name: customer_id, logicalType: string }
            """);
    }

    private static void WriteProduct(SmallEstate home)
    {
        home.Write(Manifest, """
            apiVersion: landfall/v1
            kind: Product
            id: suggest
            title: Suggest
            owner: ops-team
            type: model
            pool: shared
            serve: [sql, http]
            tables:
              - name: interaction
              - name: owner
            model:
              interactions: interaction
              accounts: owner
              algorithm: ease
              halfLifeDays: 14
              search: { lambda: [5] }
              evaluation: { cutOffs: 1, horizonDays: 10, top: 10 }
              promotion: { beats: [popularity], confidence: 0.9 }
            endpoint:
              name: suggest
              deployments:
                - { name: blue, model: champion, traffic: 100 }
              timeoutSeconds: 5
              holdout: { share: 0.1, salt: one }
            """);
        home.Write("ops/products/suggest/interaction.sql", """
            select usage.account_id, usage.service_id, usage.day, usage.amount
            from ops.inbox.usage as usage
            """);
        home.Write("ops/products/suggest/owner.sql", """
            select account.account_id, account.customer_id
            from ops.inbox.account as account
            """);
        string shipped = File.ReadAllText(Path.Combine(
            Repository.Root, "estates", "relecloud", "operations", "products", "cloud-service-recommender",
            "contract.odcs.yaml"));
        home.Write("ops/products/suggest/contract.odcs.yaml", """
            apiVersion: v3.1.0
            kind: DataContract
            id: suggest
            version: 1.0.0
            status: active
            schema:
              - name: interaction
                properties:
                  - { name: account_id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: service_id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 2 }
                  - { name: day, logicalType: date, required: true, primaryKey: true, primaryKeyPosition: 3 }
                  - { name: amount, physicalType: double, required: true }
              - name: owner
                properties:
                  - { name: account_id, logicalType: string, required: true, primaryKey: true }
                  - { name: customer_id, logicalType: string }

            """ + shipped[shipped.IndexOf("  - name: gram", StringComparison.Ordinal)..shipped.IndexOf(
                "slaProperties:", StringComparison.Ordinal)]);
    }
}
