using Landfall.Cli.Tests.Estates;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>Every served table of Relecloud is read to its end by every driver, as somebody who may.</summary>
public sealed class ServedRelecloudTests
{
    /// <summary>Who reads which tables, one login a database at least.</summary>
    private static readonly (string User, string Unit, string[] Tables)[] _readers =
    [
        ("emre@relecloud.example", "billing.revenue_by_service", ["revenue_by_account_service", "revenue_by_service"]),
        ("emre@relecloud.example", "billing.invoices", ["invoice", "invoice_line", "payment"]),
        (
            "dara@relecloud.example", "billing.customers",
            ["company", "contact", "address", "location", "salesperson", "salesperson_assignment"]),
        ("chen@relecloud.example", "operations.service_usage", ["usage_by_day"]),
        ("chen@relecloud.example", "operations.cloud_accounts", ["account", "service"]),
        (
            "farah@relecloud.example", "operations.recommender_revenue",
            ["attribution", "attributed_revenue", "incremental_revenue"]),
    ];

    [Fact]
    public async Task Units_Served_AreReadWholeByEveryDriver()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 40);
        await home.RunAsync("up");
        List<string> problems = [];

        foreach (var login in _readers.GroupBy(r => (r.User, Zone: r.Unit.Split('.')[0])))
        {
            string password = (await home.RunAsync("user", "password", login.Key.User, "--quiet")).Trim();
            Dictionary<string, string> lines = await ReadersFixture.LinesAsync(
                arguments => home.TryAsync(null, arguments), login.First().Unit, login.Key.User);
            string[] tables =
            [
                .. login.SelectMany(r => r.Tables.Select(t => $"{r.Unit.Split('.')[1]}.{t}")),
            ];
            string[] counts = await CountsAsync(home, login.Key.Zone, tables);
            (string Driver, string[] Counts)[] read = await ReadAsync(lines, password, tables);
            problems.AddRange(read.Where(r => !r.Counts.SequenceEqual(counts)).Select(r =>
                $"{r.Driver} of {string.Join(", ", tables)}: {string.Join(' ', r.Counts)}, the lake has "
                + string.Join(' ', counts)));
        }

        Assert.Equal([], problems);
    }

    private static async Task<string[]> CountsAsync(DemoHome home, string zone, string[] tables)
    {
        string sql = string.Join(" union all ", tables.Select((t, i) =>
            $"select {i} as place, count(*) as many from {zone}.{t}"));
        return [.. (await home.QueryAsync($"{sql} order by place")).Select(r => r["many"]!)];
    }

    private static async Task<(string Driver, string[] Counts)[]> ReadAsync(
        Dictionary<string, string> lines, string password, string[] tables)
    {
        (string, string)[] statements = [.. tables.Select(t => ("count", $"select * from {t}"))];
        List<(string, string[])> read = [("Npgsql", await NpgsqlAsync(lines["JDBC"], password, tables))];
        foreach (Driver driver in Driver.Installed())
        {
            string[][] results = await driver.ReadAsync(lines[driver.Tool], password, statements);
            read.Add((driver.Name, [.. results.Select(r => r[0])]));
        }

        return [.. read];
    }

    /// <summary>Npgsql has no line of its own: the parts of JDBC's are taken.</summary>
    private static async Task<string[]> NpgsqlAsync(string line, string password, string[] tables)
    {
        Uri address = new(line["jdbc:".Length..]);
        Dictionary<string, string> parts = address.Query[1..].Split('&').Select(p => p.Split('='))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = address.Host, Port = address.Port, Database = address.AbsolutePath[1..],
            Username = parts["user"], Password = password, SslMode = SslMode.VerifyFull,
            RootCertificate = parts["sslrootcert"], Pooling = false, GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        List<string> counts = [];
        foreach (string table in tables)
        {
            await using NpgsqlCommand command = new($"select * from {table}", connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            object[] values = new object[reader.FieldCount];
            int rows = 0;
            for (; await reader.ReadAsync(); rows++)
            {
                reader.GetValues(values);
            }

            counts.Add($"{rows}");
        }

        return [.. counts];
    }
}
