using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using static Landfall.Cli.Tests.Serving.PowerBiStatements;

namespace Landfall.Cli.Tests.Serving;

/// <summary>Power BI's own statements, as an analyst, give what the contracts say.</summary>
[Collection(ReadersCollection.Name)]
public sealed class PowerBiStatementTests(ReadersFixture fixture)
{
    private static readonly string[] _saleColumns = ["sale_id", "customer_id", "sold_at", "freight"];

    private static readonly DateTime _january = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public async Task Server_AskedForItself_AnswersInOneMessage()
    {
        await using NpgsqlConnection connection = await fixture.ConnectAsync();
        await using NpgsqlCommand command = new(PowerBiStatements.Version, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();

        Assert.True(await reader.ReadAsync());
        Assert.StartsWith("PostgreSQL 18", reader.GetString(0), StringComparison.Ordinal);
        Assert.True(await reader.NextResultAsync());
        Assert.True(await reader.ReadAsync());
        Assert.Equal("32", reader.GetString(0));
        await reader.DisposeAsync();
        Assert.Equal(["character_set_name", "UTF8"], await RowsAsync(CharacterSets));
    }

    [Fact]
    public async Task Tables_AsTheAnalyst_AreThoseOfTheRole() => Assert.Equal(
        [
            "table_schema table_name table_type",
            "inbox item BASE TABLE",
            "kinds every BASE TABLE",
            "limits odd_double BASE TABLE",
            "report by_month BASE TABLE",
            "report total BASE TABLE",
            "shop customer BASE TABLE",
            "shop delivery BASE TABLE",
            "shop sale BASE TABLE",
            "shop sale_line BASE TABLE",
        ],
        await RowsAsync(Tables));

    [Fact]
    public async Task Columns_OfEveryType_AreTheContractsInOrder() => Assert.Equal(
        [
            "column_name ordinal_position is_nullable data_type",
            "id 1 NO integer",
            "flag 2 YES boolean",
            "small 3 YES integer",
            "large 4 YES bigint",
            "ratio 5 YES double precision",
            "exact 6 YES numeric",
            "money 7 YES numeric",
            "words 8 YES text",
            "data 9 YES bytea",
            "day 10 YES date",
            "moment 11 YES timestamp with time zone",
            "tags 12 YES jsonb",
            "place 13 YES jsonb",
        ],
        await RowsAsync(Columns("kinds", "every")));

    /// <summary>A column that the role may not see is in no list.</summary>
    [Fact]
    public async Task Columns_ThatAreClassified_AreLeftOut() => Assert.Equal(
        ["column_name ordinal_position is_nullable data_type", "code 1 NO text", "name 2 YES text"],
        await RowsAsync(Columns("inbox", "item")));

    [Theory]
    [InlineData("shop", "customer", "shop_customer_code_key code 1 N", "shop_customer_pkey customer_id 1 Y")]
    [InlineData("shop", "sale_line", "shop_sale_line_pkey sale_id 1 Y", "shop_sale_line_pkey line 2 Y")]
    [InlineData("report", "by_month", "report_by_month_pkey month 1 Y", "report_by_month_pkey item 2 Y")]
    [InlineData("inbox", "item", "inbox_item_name_key name 1 N", "inbox_item_pkey code 1 Y")]
    [InlineData("report", "total")]
    public async Task Keys_OfATable_AreTheContracts(string schema, string table, params string[] expected)
    {
        string[] rows = await RowsAsync(Indexes(schema, table));

        Assert.Equal(["index_name column_name ordinal_position primary_key", .. expected], rows);
    }

    [Theory]
    [InlineData("customer", "customer_id shop sale customer_id 1 shop_sale_customer_sale_customer_id_fkey")]
    [InlineData("sale", "sale_id shop sale_line sale_id 1 shop_sale_line_sale_sale_line_sale_id_fkey")]
    [InlineData(
        "sale_line",
        "sale_id shop delivery sale_of 1 shop_delivery_sale_line_delivery_sale_of_line_of_fkey",
        "line shop delivery line_of 2 shop_delivery_sale_line_delivery_sale_of_line_of_fkey")]
    [InlineData("delivery")]
    public async Task Relationships_ToATable_PairTheContractsColumns(string table, params string[] expected)
    {
        string[] rows = await RowsAsync(RelationshipsTo("shop", table));

        Assert.Equal(
            ["pk_column_name fk_table_schema fk_table_name fk_column_name ordinal fk_name", .. expected], rows);
    }

    [Theory]
    [InlineData("sale", "shop customer customer_id customer_id 1 shop_sale_customer_sale_customer_id_fkey")]
    [InlineData("sale_line", "shop sale sale_id sale_id 1 shop_sale_line_sale_sale_line_sale_id_fkey")]
    [InlineData(
        "delivery",
        "shop sale_line sale_id sale_of 1 shop_delivery_sale_line_delivery_sale_of_line_of_fkey",
        "shop sale_line line line_of 2 shop_delivery_sale_line_delivery_sale_of_line_of_fkey")]
    [InlineData("customer")]
    public async Task Relationships_OfATable_PairTheContractsColumns(string table, params string[] expected)
    {
        string[] rows = await RowsAsync(RelationshipsFrom("shop", table));

        Assert.Equal(
            ["pk_table_schema pk_table_name pk_column_name fk_column_name ordinal fk_name", .. expected], rows);
    }

    /// <summary>The control: without REFERENCES a role reads the tables and sees no keys.</summary>
    [Fact]
    public async Task Keys_WithoutReferences_AreNotSeen()
    {
        await using NpgsqlConnection connection = await fixture.Estate.ConnectAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await ServedEstate.ExecuteAsync(
            connection,
            "create role reads_only; grant usage on schema shop to reads_only; "
            + "grant select on all tables in schema shop to reads_only; set local role reads_only");

        Assert.NotEmpty(await ServedEstate.TextsAsync(connection, "select customer_id from shop.customer"));
        Assert.Empty(await ServedEstate.TextsAsync(connection, Indexes("shop", "customer")));
        Assert.Empty(await ServedEstate.TextsAsync(connection, RelationshipsTo("shop", "customer")));
        Assert.Empty(await ServedEstate.TextsAsync(connection, RelationshipsFrom("shop", "sale")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" limit 1000")]
    [InlineData(" limit 200")]
    public async Task Import_OfATable_HasTheColumnsOfItsProbe(string limit)
    {
        string import = Import("shop", "sale", _saleColumns) + limit;

        string[] probe = await RowsAsync(Probe(import));
        string[] rows = await RowsAsync(import);

        Assert.Equal(["sale_id customer_id sold_at freight"], probe);
        Assert.Equal(probe[0], rows[0]);
        Assert.Equal(
            [
                "1 c1 2024-01-01T00:00:00.000000 10.50", "2 c1 2024-01-31T23:59:59.999999 -",
                "3 c2 2024-02-01T00:00:00.000000 1.25", "4 c2 - 2.25", "5 - 2023-12-31T23:59:59.000000 0.75",
            ],
            rows[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Aggregate_ByAColumn_IsOrderedAndHasNoEmptySums() => Assert.Equal(
        ["c2 a0", "c1 10.50", "c2 3.50", "- 0.75"],
        await RowsAsync(Grouped("shop", "sale", "customer_id", "freight")));

    [Fact]
    public async Task Times_WithTheHelpersOfOrder_HaveNullFirst() => Assert.Equal(
        [
            "c2", "-", "2023-12-31T23:59:59.000000", "2024-01-01T00:00:00.000000", "2024-01-31T23:59:59.999999",
            "2024-02-01T00:00:00.000000",
        ],
        await RowsAsync(NullOrder("shop", "sale", "sold_at")));

    [Fact]
    public async Task Range_OfAMonth_IsThatOfUtc()
    {
        string literal = Range(
            "shop", "sale", "sale_id", "sold_at", "timestamp '2024-01-01 00:00:00'", "timestamp '2024-02-01 00:00:00'");
        string bound = Range("shop", "sale", "sale_id", "sold_at", "$1", "$2");

        Assert.Equal(["sale_id", "1", "2"], Sorted(await RowsAsync(literal)));
        Assert.Equal(["sale_id", "1", "2"], Sorted(await RowsAsync(bound, _january, _january.AddMonths(1))));
    }

    [Theory]
    [InlineData("\"$Table\".\"customer_id\" <> 'c1' or \"$Table\".\"customer_id\" is null", "3", "4", "5")]
    [InlineData("\"$Table\".\"customer_id\" in ('c1', 'c3')", "1", "2")]
    [InlineData("\"$Table\".\"freight\" between 1 and 3", "3", "4")]
    [InlineData("not (\"$Table\".\"sale_id\" = 1)", "2", "3", "4", "5")]
    [InlineData("replace(\"$Table\".\"customer_id\", 'c', 'd') = 'd2'", "3", "4")]
    public async Task Filters_OfVisuals_HoldRows(string filter, params string[] expected)
    {
        string sql = $"{Import("shop", "sale", ["sale_id"])}\r\nwhere ({filter})";

        string[] rows = Sorted(await RowsAsync(Capped(sql)));

        Assert.Equal(["sale_id", .. expected], rows);
    }

    private static string[] Sorted(string[] rows) => [rows[0], .. rows[1..].Order(StringComparer.Ordinal)];

    /// <summary>The names of the columns, then the rows.</summary>
    private async Task<string[]> RowsAsync(string sql, params DateTime[] parameters)
    {
        await using NpgsqlConnection connection = await fixture.ConnectAsync();
        await using NpgsqlCommand command = new(sql, connection);
        foreach (DateTime parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter, NpgsqlDbType = NpgsqlDbType.Timestamp });
        }

        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        List<string> rows = [string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetName))];
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
        }

        return [.. rows];
    }

    private static string Text(object value) => value switch
    {
        DBNull => "-",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
