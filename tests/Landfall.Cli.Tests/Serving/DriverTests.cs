using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>Drivers read every type as it was written, by the lines that <c>bi connect</c> prints.</summary>
[Collection(ReadersCollection.Name)]
public sealed class DriverTests(ReadersFixture fixture)
{
    private const string Every = $"select {TypedRows.Columns} from kinds.every order by id";
    private const string Odd = "select id, ratio from limits.odd_double order by id";
    private const string OddKinds = "integer,double";
    private const string NumberText = "exact_text";

    private static readonly string[] _odd =
    [
        "1\tnan", $"2\t{TypedValue.Bits(double.PositiveInfinity)}", $"3\t{TypedValue.Bits(double.NegativeInfinity)}",
        $"4\t{TypedValue.Bits(-0.0)}", "5\t-",
    ];

    [Theory]
    [InlineData(Driver.Psycopg2)]
    [InlineData(Driver.Odbc)]
    [InlineData(Driver.Jdbc)]
    public async Task Driver_EveryType_ReadsWhatWasWritten(string name)
    {
        Driver driver = Driver.Get(name);

        string[][] read = await driver.ReadAsync(
            fixture.LineOf(driver.Tool), fixture.Password, (TypedRows.Kinds, Every), (OddKinds, Odd));

        AssertEvery(read[0]);
        Assert.Equal(_odd, read[1]);
    }

    [Theory]
    [InlineData(Driver.Psycopg2)]
    [InlineData(Driver.Odbc)]
    [InlineData(Driver.Jdbc)]
    public async Task Driver_WhatTheRoleMayNotRead_IsRefused(string name)
    {
        Driver driver = Driver.Get(name);

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => driver.ReadAsync(
            fixture.LineOf(driver.Tool), fixture.Password, ("count", "select * from shop.secret")));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => driver.ReadAsync(
            fixture.LineOf(driver.Tool), "wrong", ("count", "select 1")));
    }

    [Fact]
    public async Task Npgsql_EveryType_ReadsWhatWasWritten()
    {
        await using NpgsqlConnection connection = await fixture.ConnectAsync();

        AssertEvery(await ReadAsync(connection, Every, TypedRows.Kinds));
        Assert.Equal(_odd, await ReadAsync(connection, Odd, OddKinds));
    }

    /// <summary>The control: a value that is another is seen.</summary>
    [Fact]
    public async Task Comparison_OfAnotherValue_Fails()
    {
        await using NpgsqlConnection connection = await fixture.ConnectAsync();
        string changed = Every.Replace("money,", "money + 0.01 as money,", StringComparison.Ordinal);

        string[] read = await ReadAsync(connection, changed, TypedRows.Kinds);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertEvery(read));
    }

    private static void AssertEvery(string[] read)
    {
        string[] kinds = TypedRows.Kinds.Split(',');
        string[] names = TypedRows.Columns.Split(", ");
        Assert.Equal(TypedRows.All.Length, read.Length);
        for (int row = 0; row < read.Length; row++)
        {
            string[] fields = read[row].Split('\t');
            Assert.Equal(names.Length, fields.Length);
            for (int column = 0; column < names.Length; column++)
            {
                string expected = Comparable(kinds[column], TypedRows.All[row][column].Read);
                string actual = Comparable(kinds[column], fields[column]);
                Assert.True(
                    expected == actual, $"{names[column]} of row {row + 1}: {Short(expected)} is {Short(actual)}");
            }
        }
    }

    /// <summary>JSON is compared by what it says: jsonb does not keep blanks and the order of keys.</summary>
    private static string Comparable(string kind, string field)
    {
        if (kind != "json" || field == "-")
        {
            return field;
        }

        JsonNode node = JsonNode.Parse(Convert.FromHexString(field[1..]))!;
        return node is JsonObject members
            ? string.Join(',', members.OrderBy(m => m.Key, StringComparer.Ordinal)
                .Select(m => $"{m.Key}:{m.Value?.ToJsonString()}"))
            : node.ToJsonString();
    }

    private static string Short(string text) => text.Length > 200 ? $"{text[..200]}… ({text.Length})" : text;

    private static async Task<string[]> ReadAsync(NpgsqlConnection connection, string sql, string kinds)
    {
        string withText = sql.Replace(" from ", $", exact::text as {NumberText} from ", StringComparison.Ordinal);
        await using NpgsqlCommand command = new(sql == Odd ? sql : withText, connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        string[] names = kinds.Split(',');
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('\t', names.Select((kind, column) => Field(reader, kind, column))));
        }

        return [.. rows];
    }

    private static string Field(NpgsqlDataReader reader, string kind, int column) =>
        reader.IsDBNull(column) ? "-" : kind switch
        {
            "boolean" => reader.GetBoolean(column) ? "true" : "false",
            "integer" => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture)
                .ToString(CultureInfo.InvariantCulture),
            "double" => TypedValue.Bits(reader.GetDouble(column)),
            "decimal" => Number(reader, column),
            "bytes" => "x" + Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(column)),
            "date" => reader.GetFieldValue<DateOnly>(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "timestamp" => TypedValue.Microseconds(reader.GetFieldValue<DateTime>(column))
                .ToString(CultureInfo.InvariantCulture),
            _ => "x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(reader.GetString(column))),
        };

    /// <summary>
    /// .NET's decimal has 28 digits: what has more, Npgsql refuses and never cuts; it is compared as the server's text.
    /// </summary>
    private static string Number(NpgsqlDataReader reader, int column)
    {
        try
        {
            return reader.GetDecimal(column).ToString(CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return reader.GetString(reader.GetOrdinal(NumberText));
        }
    }
}
