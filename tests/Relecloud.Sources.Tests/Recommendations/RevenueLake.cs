using System.Runtime.CompilerServices;
using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Sql;
using Relecloud.Sources.Application;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>The tables that product recommender-revenue reads, in memory, and what its models make of them.</summary>
internal sealed class RevenueLake : IDisposable
{
    private const string Recommender = "operations.cloud_service_recommender";
    private const string Billing = "billing.revenue_by_service";
    private static readonly Product Product = LoadProduct();
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbConnection _connection;

    public RevenueLake()
    {
        _connection = _database.Connect();
        string[] statements =
        [
            "set TimeZone = 'UTC'", "set threads = 1", "attach ':memory:' as operations",
            "attach ':memory:' as billing",
            $"create schema {Recommender}", "create schema operations.recommender_revenue", $"create schema {Billing}",
            $"create table {Recommender}.exposure (recommendation_id varchar, rank int, served_at timestamptz, "
                + "account_id varchar, customer_id varchar, service_id varchar, model_version int, arm varchar)",
            $"create table {Recommender}.interaction (day date, account_id varchar, service_id varchar)",
            $"create table {Recommender}.account_profile (account_id varchar, customer_id varchar)",
            $"create table {Billing}.revenue_by_account_service (month date, account_id varchar, service_id varchar, "
                + "gross decimal(18,2), credits decimal(18,2), refunds decimal(18,2), net decimal(18,2))",
            $"create view {Billing}.revenue_by_service as select month, service_id, service_id as service_name, "
                + $"cast(sum(net) as decimal(18,2)) as net from {Billing}.revenue_by_account_service group by all",
        ];
        foreach (string statement in statements)
        {
            _connection.Execute(statement);
        }
    }

    /// <summary>Fills the tables with what a company came to.</summary>
    public static RevenueLake Of(SmallWorld world)
    {
        RevenueLake lake = new();
        lake.Fill($"exposure", world.Exposures.Select(ValuesOf));
        lake.Fill($"interaction", world.Used.Select(u => new object[] { u.Day, u.Account, u.Service }));
        lake.Fill($"account_profile", world.Accounts.Select(a => new object[] { a.Id, a.Customer.Id }));
        lake.Fill("revenue_by_account_service", world.Revenue.Select(r => new object[]
        {
            r.Month, r.Account, r.Service, r.Cell.Gross, r.Cell.Credits, r.Cell.Refunds, r.Cell.Net,
        }));
        return lake;
    }

    public void Execute(string sql) => _connection.Execute(sql);

    public IReadOnlyList<object?[]> Rows(string sql) => _connection.Collect(sql);

    /// <summary>Builds the product's tables with its own models, as its contract types them.</summary>
    /// <param name="change">Changes a model's text before it is compiled; null for none.</param>
    public RevenueLake Build(Func<string, string>? change = null)
    {
        foreach (ProductTable table in Product.Tables)
        {
            ContractTable contract = Product.Contract.Tables.Single(t => t.Name == table.Name);
            string model = File.ReadAllText(Path.Combine(Folder(), $"{table.Name}.sql"));
            string sql = SqlCompiler.Compile(change?.Invoke(model) ?? model, contract);
            Execute($"create or replace table operations.recommender_revenue.{table.Name} as {sql}");
        }

        return this;
    }

    /// <summary>The one row of the incremental revenue, by column.</summary>
    public Dictionary<string, object?> Incremental()
    {
        ContractTable contract = Product.Contract.Tables.Single(t => t.Name == "incremental_revenue");
        object?[] row = Assert.Single(Rows("select * from operations.recommender_revenue.incremental_revenue"));
        return contract.Columns.Select((c, i) => (c.Name, Value: row[i])).ToDictionary(c => c.Name, c => c.Value);
    }

    /// <summary>Net revenue attributed with a window.</summary>
    public decimal Attributed(int window) => (decimal)(Rows(
        "select cast(coalesce(sum(net), 0) as decimal(18,2)) from operations.recommender_revenue.attributed_revenue "
        + $"where window_days = {window}").Single()[0] ?? 0m);

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static object[] ValuesOf(Exposure e) =>
    [
        e.RecommendationId, e.Rank, new DateTimeOffset(e.ServedAt, TimeSpan.Zero), e.AccountId, e.CustomerId,
        e.ServiceId, e.ModelVersion, e.Arm,
    ];

    private void Fill(string table, IEnumerable<object[]> rows)
    {
        (string catalog, string schema) = table.StartsWith("revenue", StringComparison.Ordinal)
            ? ("billing", "revenue_by_service") : ("operations", "cloud_service_recommender");
        using DuckDbAppender appender = _connection.Appender(catalog, schema, table);
        foreach (object[][] chunk in rows.Chunk(DuckDbAppender.Capacity))
        {
            for (int column = 0; column < chunk[0].Length; column++)
            {
                VectorWriter writer = appender[column];
                for (int row = 0; row < chunk.Length; row++)
                {
                    Set(writer, row, chunk[row][column]);
                }
            }

            appender.Append(chunk.Length);
        }

        appender.Complete();
    }

    private static void Set(VectorWriter writer, int row, object value)
    {
        switch (value)
        {
            case string text:
                writer.Set(row, text);
                break;
            case int number:
                writer.Set(row, number);
                break;
            case decimal amount:
                writer.Set(row, amount);
                break;
            case DateOnly day:
                writer.Set(row, day);
                break;
            default:
                writer.Set(row, (DateTimeOffset)value);
                break;
        }
    }

    private static Product LoadProduct() =>
        EstateLoader.Load(Path.GetFullPath(Path.Combine(Folder(), "../../..")), EstateKinds.Standard with
        {
            Products = [new SqlProductManifest(), new ModelManifest()],
        }).Estate!
            .Zones.SelectMany(z => z.Products).Single(p => p.Id.ToString() == "recommender-revenue");

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(file)!, "../../../estates/relecloud/operations/products/recommender-revenue"));
}
