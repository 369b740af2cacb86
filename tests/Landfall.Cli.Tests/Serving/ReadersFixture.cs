using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>
/// An estate for readers: every type of a contract, doubles that are no numbers, and a shop whose tables have keys and
/// relationships of one column and of two. It is published once and only read.
/// </summary>
public sealed class ReadersFixture : IAsyncLifetime
{
    private const string Kinds = "ops/integrations/kinds/";
    private const string Limits = "ops/products/limits/";
    private const string Shop = "ops/integrations/shop/";

    private Dictionary<string, string> _lines = [];

    /// <summary>The estate.</summary>
    internal ServedEstate Estate { get; } = ServedEstate.Create();

    /// <summary>The password of the analyst's login.</summary>
    internal string Password { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        WriteKinds();
        WriteLimits();
        WriteShop();
        Estate.Home.Change(
            ServedEstate.Zone, "tables: [report, inbox.item]",
            "tables: [report, inbox.item, kinds, limits, shop.customer, shop.sale, shop.sale_line, shop.delivery]");
        await Estate.RunWellAsync();
        CliResult made = await Estate.Home.TryAsync("user", "password", ServedEstate.Analyst, "--quiet");
        Assert.True(made.ExitCode == ExitCodes.Success, made.Error);
        Password = made.Output.Trim();
        _lines = await LinesAsync(Estate.Home.TryAsync, "kinds", ServedEstate.Analyst);
    }

    public async ValueTask DisposeAsync() => await Estate.DisposeAsync();

    /// <summary>The line that <c>bi connect</c> prints for a tool.</summary>
    internal string LineOf(string tool) => _lines[tool];

    /// <summary>A connection of the analyst, encrypted and the server proven.</summary>
    internal async Task<NpgsqlConnection> ConnectAsync()
    {
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "localhost", Port = Estate.Server.Find()!.Port, Database = "ops", Username = ServedEstate.Analyst,
            Password = Password, SslMode = SslMode.VerifyFull, Pooling = false,
            RootCertificate = Estate.Server.Certificates.AuthorityFile,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The lines of <c>bi connect</c> by tool.</summary>
    internal static async Task<Dictionary<string, string>> LinesAsync(
        Func<string[], Task<CliResult>> run, string unit, string user)
    {
        using TemporaryFolder project = new();
        CliResult result = await run(
            ["bi", "connect", unit, "--user", user, "--format", "json", "--out", Path.Combine(project.Path, "out")]);
        Assert.True(result.ExitCode == ExitCodes.Success, result.Error);
        return result.Lines.Select(l => JsonNode.Parse(l)!)
            .Where(r => (string)r["kind"]! == "connection")
            .ToDictionary(r => (string)r["name"]!, r => (string)r["text"]!);
    }

    private void WriteKinds()
    {
        string folder = Path.Combine(Estate.Home.Folder, "src", "kinds");
        Directory.CreateDirectory(folder);
        using (DuckDbDatabase database = DuckDbDatabase.Open())
        {
            using DuckDbConnection connection = database.Connect();
            connection.Execute("set TimeZone = 'UTC'");
            connection.Execute(
                $"copy ({TypedRows.Sql}) to '{Path.Combine(folder, "one.parquet")}' (format parquet)");
        }

        Estate.Home.Write(Kinds + "integration.yaml", IntegrationOf(
            "kinds", """{ name: every, files: "kinds/*.parquet", format: parquet, mode: append }"""));
        Estate.Home.Write(Kinds + "contract.odcs.yaml", ContractOf("kinds", $"""
              - name: every
                description: Every type.
                properties:
            {TypedRows.Contract}
            """));
    }

    /// <summary>Sources cannot bring doubles that are no numbers: the SQL of a product makes them.</summary>
    private void WriteLimits()
    {
        Estate.Home.Write(Limits + "product.yaml", """
            apiVersion: landfall/v1
            kind: Product
            id: limits
            title: Limits
            owner: team
            type: sql
            pool: shared
            serve: [sql]
            tables:
              - name: odd_double
            """);
        Estate.Home.Write(Limits + "contract.odcs.yaml", ContractOf("limits", """
              - name: odd_double
                properties:
                  - { name: id, logicalType: integer, physicalType: int, required: true }
                  - { name: ratio, logicalType: number, physicalType: double }
            """));
        Estate.Home.Write(Limits + "odd_double.sql", """
            select
                every.id,
                case every.id
                    when 1 then cast('NaN' as double)
                    when 2 then cast('Infinity' as double)
                    when 3 then cast('-Infinity' as double)
                    when 4 then -cast(0 as double)
                end as ratio
            from ops.kinds.every as every
            where every.id <= 5
            """);
    }

    private void WriteShop()
    {
        Estate.Home.Put("customer/one.csv", "customer_id,code,name\nc1,1,Ann\nc2,2,\"B, \"\"Ben\"\"\"\nc3,,\n");
        Estate.Home.Put(
            "sale/one.csv",
            "sale_id,customer_id,sold_at,freight\n1,c1,2024-01-01T00:00:00Z,10.50\n2,c1,2024-01-31T23:59:59.999999Z,\n"
            + "3,c2,2024-02-01T00:00:00Z,1.25\n4,c2,,2.25\n5,,2023-12-31T23:59:59Z,0.75\n");
        Estate.Home.Put("sale_line/one.csv", "sale_id,line,article\n1,1,anvil\n1,2,bolt\n3,1,clamp\n");
        Estate.Home.Put("delivery/one.csv", "delivery_id,line_of,sale_of\n1,1,1\n2,2,1\n");
        Estate.Home.Put("secret/one.csv", "code\n1\n");
        string[] tables = ["customer", "sale", "sale_line", "delivery", "secret"];
        Estate.Home.Write(Shop + "integration.yaml", IntegrationOf("shop", [.. tables.Select(t =>
            $$"""{ name: {{t}}, files: "{{t}}/*.csv", format: csv, mode: append }""")]));
        Estate.Home.Write(Shop + "contract.odcs.yaml", ContractOf("shop", """
              - name: customer
                description: Who buys.
                properties:
                  - name: customer_id
                    logicalType: string
                    primaryKey: true
                    description: "It's the customer's."
                  - { name: code, logicalType: integer, unique: true }
                  - { name: name, logicalType: string }
              - name: sale
                description: What was bought.
                properties:
                  - { name: sale_id, logicalType: integer, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: customer_id, logicalType: string, relationships: [{ to: customer.customer_id }] }
                  - { name: sold_at, logicalType: timestamp }
                  - { name: freight, logicalType: number, physicalType: "decimal(18,2)" }
              - name: sale_line
                properties:
                  - name: sale_id
                    logicalType: integer
                    primaryKey: true
                    primaryKeyPosition: 1
                    relationships: [{ to: sale.sale_id }]
                  - { name: line, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 2 }
                  - { name: article, logicalType: string, required: true }
              - name: delivery
                properties:
                  - { name: delivery_id, logicalType: integer, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: line_of, logicalType: integer, physicalType: int }
                  - { name: sale_of, logicalType: integer }
                relationships: [{ from: [delivery.line_of, delivery.sale_of], to: [sale_line.line, sale_line.sale_id] }]
              - name: secret
                properties:
                  - { name: code, logicalType: integer }
            """));
    }

    private static string IntegrationOf(string id, params string[] tables) => $$"""
        apiVersion: landfall/v1
        kind: Integration
        id: {{id}}
        title: {{id}} of the estate
        owner: team
        pool: shared
        source: { type: files, location: in }
        serve: [sql]
        tables:
          - {{string.Join("\n  - ", tables)}}
        """;

    private static string ContractOf(string id, string schema) => $"""
        apiVersion: v3.1.0
        kind: DataContract
        id: ops-{id}
        version: 1.0.0
        status: active
        schema:
        {schema}
        """;
}
