using System.Globalization;
using System.Text;
using Landfall.Cli.Tests.Estates;
using Landfall.Engine.Lakes;
using Landfall.Engine.Running;
using Landfall.Serving.Publishing;
using Landfall.Serving.Servers;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>
/// A home whose tables are served by an embedded PostgreSQL of its own: an integration of sales and items, and a
/// product of two tables, one built month by month, one whole.
/// </summary>
internal sealed class ServedEstate : IAsyncDisposable
{
    public const string Zone = "ops/zone.yaml";
    public const string Contract = "ops/products/report/contract.odcs.yaml";
    public const string MonthSql = "ops/products/report/by_month.sql";
    public const string TotalSql = "ops/products/report/total.sql";
    public const string InboxContract = "ops/integrations/inbox/contract.odcs.yaml";
    public const string Management = "management/zone.yaml";
    public const string Analyst = "ana@test.example";
    public const string Carer = "ben@test.example";

    private readonly Dictionary<string, string> _passwords = [];

    private ServedEstate() => Server = new(new LandfallHome(Home.Folder), TimeProvider.System);

    public SmallEstate Home { get; } = new();

    public EmbeddedSqlServer Server { get; }

    /// <summary>An estate with a few sales, not run yet.</summary>
    public static ServedEstate Create()
    {
        ServedEstate made = new();
        made.Home.Publisher = new SqlPublisher(made.Server, new LandfallHome(made.Home.Folder));
        made.WriteEstate();
        made.Put("one.csv", Sales(1, 40));
        made.Home.Put("items/one.csv", "code,name,owner\na,Anvil,ann@test.example\nb,\"B \"\"quoted\"\"\",\n");
        return made;
    }

    /// <summary>Rows of sales, from a number on; the first of a month tells the month.</summary>
    public static string Sales(int from, int count, int months = 4)
    {
        StringBuilder text = new("id,day,item,amount,note\n");
        for (int i = from; i < from + count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},2026-{(i % months) + 1:00}-{(i % 28) + 1:00},")
                .Append(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "a" : "b")},{i}.{i % 100:00},note {i}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes a file of sales.</summary>
    public void Put(string name, string text) => Home.Put("sales/" + name, text);

    /// <summary>Runs everything, or what is selected, and publishes.</summary>
    public Task<RunSummary> RunAsync(params string[] select)
    {
        Home.Publisher = new SqlPublisher(Server, new LandfallHome(Home.Folder));
        return Home.RunAsync(select);
    }

    /// <summary>The same, which must end well.</summary>
    public async Task<RunSummary> RunWellAsync(params string[] select)
    {
        Home.Publisher = new SqlPublisher(Server, new LandfallHome(Home.Folder));
        return await Home.RunWellAsync(select);
    }

    /// <summary>The outcome of a unit's publication.</summary>
    public static Landfall.Engine.Steps.StepOutcome Publication(RunSummary run, string unit) =>
        run.Steps.Single(s => s.Step.Key == $"ops.{unit}._sql").Outcome;

    /// <summary>A connection as a user of the estate, who gets a login at the first.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string user, string database = "ops")
    {
        if (!_passwords.TryGetValue(user, out string? password))
        {
            CliResult made = await Home.TryAsync("user", "password", user, "--quiet");
            Assert.True(made.ExitCode == ExitCodes.Success, made.Error);
            _passwords[user] = password = made.Output.Trim();
        }

        ServerAddress address = Server.Find()!;
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = address.Host, Port = address.Port, Database = database, Username = user, Password = password,
            SslMode = SslMode.VerifyFull, RootCertificate = Server.Certificates.AuthorityFile, Pooling = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>A connection as the server's superuser.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        (string user, string password) = Server.Administrator();
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Server.Find()!.Port, Database = "ops", Username = user, Password = password,
            SslMode = SslMode.Disable, Pooling = false, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs a statement as the superuser: what somebody does by hand.</summary>
    public async Task DoAsync(string sql)
    {
        await using NpgsqlConnection connection = await ConnectAsync();
        await ExecuteAsync(connection, sql);
    }

    /// <summary>Runs a statement.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of a query as text, in the order of the query.</summary>
    public static async Task<string[]> TextsAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> texts = [];
        while (await reader.ReadAsync())
        {
            texts.Add(reader.IsDBNull(0) ? "" : Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return [.. texts];
    }

    /// <summary>The first column of a query as the superuser.</summary>
    public async Task<string[]> TextsAsync(string sql)
    {
        await using NpgsqlConnection connection = await ConnectAsync();
        return await TextsAsync(connection, sql);
    }

    /// <summary>Asserts that what is published is what the lake has.</summary>
    public async Task AssertEqualsLakeAsync()
    {
        foreach ((string table, string columns) in (( string, string)[])
            [
                ("report.by_month", "month, item, sales, amount"), ("report.total", "sales, amount, newest"),
                ("inbox.sale", "id, day, item, amount, note"), ("inbox.item", "code, name, owner"),
            ])
        {
            string[] published = await TextsAsync(
                $"select row({columns})::text from {table}");
            string[] lake = await LakeAsync(table, columns);
            Assert.Equal(
                lake.Order(StringComparer.Ordinal), published.Select(Plain).Order(StringComparer.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.StopAsync(CancellationToken.None);
        Home.Dispose();
    }

    private static string Plain(string row) => row.Replace("\"", "", StringComparison.Ordinal);

    private async Task<string[]> LakeAsync(string table, string columns)
    {
        CliResult rows = await Home.TryAsync(
            "query", "--format", "csv", $"select {columns} from ops.{table}");
        Assert.True(rows.ExitCode == ExitCodes.Success, rows.Error);
        return
        [
            .. rows.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(l => Plain($"({l})")),
        ];
    }

    private void WriteEstate()
    {
        TestManifests.WriteHead(Home.EstateFolder, locations: $"{{ in: {Path.Combine(Home.Folder, "src")} }}");
        Home.Write(Management, """
            apiVersion: landfall/v1
            kind: ManagementZone
            id: management
            owner: team
            network: { range: 10.0.0.0/16, dnsSuffix: test.internal }
            identities:
              users: [ana@test.example, ben@test.example, eve@test.example]
              servicePrincipals: [portal]
              groups:
                - { id: team, members: [ben@test.example] }
                - { id: analysts, members: [ana@test.example, portal] }
            """);
        TestManifests.WriteZone(Home.EstateFolder, "files", concurrency: 2, roles: """

              - { id: analyst, groups: [analysts], tables: [report, inbox.item] }
              - { id: carer, groups: [team], tables: [inbox.item], classifications: [personal] }
            """);
        WriteInbox();
        WriteReport();
    }

    private void WriteInbox()
    {
        Home.Write("ops/integrations/inbox/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: Inbox
            owner: team
            pool: shared
            source: { type: files, location: in }
            serve: [sql]
            tables:
              - { name: sale, files: "sales/*.csv", format: csv, mode: append, onRewrite: replace }
              - { name: item, files: "items/*.csv", format: csv, mode: snapshot, sourceTime: modified }
            """);
        Home.Write(InboxContract, """
            apiVersion: v3.1.0
            kind: DataContract
            id: ops-inbox
            version: 1.0.0
            status: active
            schema:
              - name: sale
                description: "Sales; it's \"plain\"."
                properties:
                  - { name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true,
                      description: Number. }
                  - { name: day, logicalType: date, required: true }
                  - { name: item, logicalType: string, required: true }
                  - { name: amount, logicalType: number, physicalType: "decimal(18,2)", required: true }
                  - { name: note, logicalType: string }
              - name: item
                properties:
                  - { name: code, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: name, logicalType: string, unique: true }
                  - { name: owner, logicalType: string, classification: personal }
            """);
    }

    private void WriteReport()
    {
        Home.Write("ops/products/report/product.yaml", """
            apiVersion: landfall/v1
            kind: Product
            id: report
            title: The report
            owner: team
            type: sql
            pool: shared
            serve: [sql]
            tables:
              - name: by_month
                incremental:
                  column: month
                  inputs:
                    ops.inbox.sale: "@month(day)"
              - name: total
            """);
        Home.Write(Contract, """
            apiVersion: v3.1.0
            kind: DataContract
            id: ops-report
            version: 1.0.0
            status: active
            schema:
              - name: by_month
                description: Sales by month.
                properties:
                  - { name: month, logicalType: date, required: true, primaryKey: true, primaryKeyPosition: 1,
                      description: First day. }
                  - { name: item, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 2 }
                  - { name: sales, logicalType: integer, physicalType: bigint, required: true }
                  - { name: amount, logicalType: number, physicalType: "decimal(28,2)", required: true }
              - name: total
                description: All sales.
                properties:
                  - { name: sales, logicalType: integer, physicalType: bigint, required: true }
                  - { name: amount, logicalType: number, physicalType: "decimal(28,2)", required: true }
                  - { name: newest, logicalType: date }
            """);
        Home.Write(MonthSql, """
            select
                @month(sale.day) as month,
                sale.item,
                count(*) as sales,
                sum(sale.amount) as amount
            from ops.inbox.sale as sale
            group by @month(sale.day), sale.item
            """);
        Home.Write(TotalSql, """
            select count(*) as sales, coalesce(sum(sale.amount), 0) as amount, max(sale.day) as newest
            from ops.inbox.sale as sale
            """);
    }
}
