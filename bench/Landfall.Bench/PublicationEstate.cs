using System.Globalization;
using Landfall.DuckDb;

namespace Landfall.Bench;

/// <summary>
/// An estate whose product of many rows is published, and another of one row, whose publication makes the server and
/// its roles beforehand.
/// </summary>
/// <param name="home">The home.</param>
internal sealed class PublicationEstate(BenchHome home)
{
    /// <summary>Months that the rows lie in.</summary>
    public const int Months = 24;

    /// <summary>The columns that are published, in order.</summary>
    public const string Columns = "month, id, day, customer, amount, quantity, share, sold_at, note";

    private readonly string _folder = Path.Combine(home.Folder, "publication-estate");

    /// <summary>Its folder.</summary>
    public string Folder => _folder;

    /// <summary>A person, who is an analyst.</summary>
    public static string Analyst(int number) => $"analyst{number}@bench.example";

    /// <summary>Writes the estate, and files with all rows but those of the last part of one month.</summary>
    public void Write()
    {
        File("estate.yaml", $$"""
            apiVersion: landfall/v1
            kind: Estate
            name: bench
            title: Bench
            domain: bench.example
            currency: EUR
            prices: { version: "1", storageGigabyteMonth: 0.021, millionRequests: 0.40 }
            targets:
              local: { lake: lake, locations: { feed: {{home.Folder}}/feed } }
            """);
        string people = string.Join(", ", Enumerable.Range(0, home.Size.Sessions).Select(Analyst));
        File("management/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: ManagementZone
            id: management
            owner: team
            network: { range: 10.0.0.0/16, dnsSuffix: bench.internal }
            egress: []
            identities:
              users: [{{people}}]
              groups: [{ id: team, members: [{{Analyst(0)}}] }, { id: analysts, members: [{{people}}] }]
            """);
        File("ops/zone.yaml", """
            apiVersion: landfall/v1
            kind: LandingZone
            id: ops
            title: Operations
            owner: team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb], sources: [files], serving: [sql] }
            pools: [{ id: shared, engine: duckdb, memory: 4GiB, threads: 2, concurrency: 1, timeout: 1h,
                      price: { cpuHour: 0.06 } }]
            roles: [{ id: analyst, groups: [analysts], tables: [sales, first] }]
            """);
        WriteFeed();
        WriteProduct("sales", "sale", Sale, "select @month(line.day) as month, line.id, line.day, line.customer, "
            + "line.amount, line.quantity, line.share, line.sold_at, line.note from ops.feed.line as line",
            """
                incremental: { column: month, inputs: { ops.feed.line: "@month(day)" } }
            """);
        WriteProduct("first", "one", """
                  - { name: id, logicalType: integer, required: true }
            """, "select max(line.id) as id from ops.feed.line as line", "");
        WriteRows("rows", home.Size.PublishedRows, "");
    }

    /// <summary>Writes some more rows of one month.</summary>
    public void AddToOneMonth() => WriteRows("more", home.Size.PublishedRows, " where month = 11 and id % 97 = 0");

    private const string Row = """
                  - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: day, logicalType: date, required: true }
                  - { name: customer, logicalType: string, required: true }
                  - { name: amount, logicalType: number, physicalType: "decimal(18,2)", required: true }
                  - { name: quantity, logicalType: integer, required: true }
                  - { name: share, logicalType: number, physicalType: double }
                  - { name: sold_at, logicalType: timestamp, required: true }
                  - { name: note, logicalType: string }
        """;

    private static readonly string Sale = """
                  - { name: month, logicalType: date, required: true }

        """ + Row;

    private void WriteFeed()
    {
        File("ops/integrations/feed/integration.yaml", """
            apiVersion: landfall/v1
            kind: Integration
            id: feed
            title: Feed
            owner: team
            pool: shared
            source: { type: files, location: feed }
            tables: [{ name: line, files: "*.parquet", format: parquet, mode: append }]
            """);
        WriteContract("ops/integrations/feed", "feed", "line", Row);
    }

    private void WriteProduct(string id, string table, string properties, string sql, string more)
    {
        File($"ops/products/{id}/product.yaml", $"""
            apiVersion: landfall/v1
            kind: Product
            id: {id}
            title: {id}
            owner: team
            type: sql
            pool: shared
            serve: [sql]
            tables:
              - name: {table}
            {more}
            """);
        WriteContract($"ops/products/{id}", id, table, properties);
        File($"ops/products/{id}/{table}.sql", sql);
    }

    private void WriteContract(string folder, string id, string table, string properties) =>
        File($"{folder}/contract.odcs.yaml", $"""
            apiVersion: v3.1.0
            kind: DataContract
            id: {id}
            version: 1.0.0
            status: active
            schema:
              - name: {table}
                properties:
            {properties}
            """);

    private void WriteRows(string name, int rows, string where)
    {
        string folder = Path.Combine(home.Folder, "feed");
        Directory.CreateDirectory(folder);
        int from = where.Length == 0 ? 0 : rows;
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            copy (select * exclude (month) from (
                select i::bigint as id, (i % {Months})::integer as month,
                    (date '2024-01-01' + to_months((i % {Months})::integer) + to_days((i % 28)::integer))::date as day,
                    'customer-' || (hash(i) % 5000) as customer,
                    ((hash(i, 1) % 10000000)::bigint / 100)::decimal(18,2) as amount,
                    (hash(i, 2) % 1000)::bigint as quantity,
                    case when i % 7 = 0 then null else (hash(i, 3) % 1000000)::double / 1000003 end as share,
                    timestamptz '2024-01-01 00:00:00+00' + to_microseconds((i * 31536001) % 63072000000000) as sold_at,
                    case when i % 3 = 0 then null else 'a note on what was sold, number ' || i end as note
                from range({from}, {from + rows}) t(i)){where})
            to '{Path.Combine(folder, name)}.parquet' (format parquet)
            """));
    }

    private void File(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
    }
}
