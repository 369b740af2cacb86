using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Key = (string Month, string Account, string Service);

namespace Relecloud.Sources.Tests.Truth;

/// <summary>Works out revenue by service from what was delivered, the slow and plain way, and compares.</summary>
public sealed class TruthTests(BillingServer server) : IClassFixture<BillingServer>
{
    private const int Days = 150;

    [Fact]
    public async Task Truth_EqualsWhatTheDeliveredFilesAndRowsComeTo()
    {
        string folder = server.NewFolder();
        await server.DropAsync();
        await server.Simulator(folder, 0.004).EnsureAsync(Days);

        Dictionary<string, string[]> services = Services(folder);
        Dictionary<Key, decimal[]> cells = [];
        AddUse(folder, services, cells);
        await AddLinesAsync(cells);
        string[] expected = [.. cells.Select(Text).Order(StringComparer.Ordinal)];
        string[] accounts = File.ReadAllLines(Path.Combine(folder, "truth-accounts.csv"));
        Assert.Equal(expected, accounts[1..].Order(StringComparer.Ordinal));
        Dictionary<Key, decimal[]> twice = [];
        AddUse(folder, services, twice, twice: true);
        Assert.NotEqual(cells.Values.Sum(c => c[5]), twice.Values.Sum(c => c[5]));

        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "truth.json")));
        string[] byService = [.. truth.RootElement.GetProperty("revenue_by_service").EnumerateArray().Select(
            c => string.Join('|', c.EnumerateObject().Select(p => p.Value.ToString())))];
        Assert.Equal(ByService(cells, services), byService);
        // The comparison means something: every kind of line and the odd cases are there.
        Assert.Contains(cells.Values, c => c[1] > 0);
        Assert.Contains(cells.Values, c => c[2] > 0);
        Assert.Contains(cells.Values, c => c[5] == 0 && c[4] != 0);
        Assert.Contains(byService, c => c.EndsWith('|'));
    }

    [Fact]
    public async Task Lines_HaveEveryKindAndAwkwardPeriods()
    {
        await server.DropAsync();
        await server.Simulator(server.NewFolder(), 0.02).EnsureAsync(Days);

        Assert.Equal(
            ["charge", "correction", "credit", "refund"],
            (await server.ReadAsync("select distinct kind from invoicing.invoice_line order by 1")).Select(r => r[0]));
        Assert.True(await CountAsync("amount < 0 and kind = 'correction'") > 0);
        Assert.Equal(0, await CountAsync("amount < 0 and kind <> 'correction'"));
        Assert.True(await CountAsync("updated_at > posted_at") > 0);
        Assert.True(await CountAsync(
            "date_trunc('month', service_period_start at time zone 'UTC') "
            + "<> date_trunc('month', service_period_start at time zone 'Europe/Berlin')") > 0);
        Assert.True(await CountAsync("kind = 'credit' and date_trunc('month', posted_at) "
            + "> date_trunc('month', service_period_end)") > 0);
        Assert.Equal(
            ["open", "overdue", "paid"],
            (await server.ReadAsync("select distinct status from invoicing.invoice order by 1")).Select(r => r[0]));
        Assert.Equal(0, await CountAsync("original_line_id is null and kind <> 'charge'"));
    }

    private async Task<long> CountAsync(string condition) =>
        (long)(await server.ReadAsync($"select count(*) from invoicing.invoice_line where {condition}")).Single()[0]!;

    private static Dictionary<string, string[]> Services(string folder)
    {
        string snapshots = Path.Combine(folder, "cloud-accounts", "services");
        string newest = Directory.GetFiles(snapshots).Max(StringComparer.Ordinal)!;
        return File.ReadLines(newest).Skip(1).Select(l => l.Split(',')).ToDictionary(r => r[0]);
    }

    private static void AddUse(
        string folder, Dictionary<string, string[]> services, Dictionary<Key, decimal[]> cells, bool twice = false)
    {
        HashSet<string> seen = [];
        string telemetry = Path.Combine(folder, "telemetry");
        foreach (string file in Directory.EnumerateFiles(telemetry, "*.gz", SearchOption.AllDirectories))
        {
            using StreamReader lines = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                if (Event(line) is { } e && (seen.Add(line) || twice)
                    && services[e.Key.Service].AsSpan(3, 2).SequenceEqual(e.Meter))
                {
                    Cell(cells, e.Key)[5] += e.Quantity;
                }
            }
        }
    }

    private static (Key Key, string[] Meter, decimal Quantity)? Event(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement e = json.RootElement;
            return !e.TryGetProperty("event_id", out _)
                || !e.GetProperty("event_time").TryGetDateTime(out DateTime time)
                || e.GetProperty("quantity").ValueKind != JsonValueKind.Number
                ? null
                : (($"{time:yyyy-MM}-01", Of("account_id"), Of("service_id")), [Of("meter"), Of("unit")],
                    e.GetProperty("quantity").GetDecimal());
            string Of(string name) => e.GetProperty(name).GetString()!;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task AddLinesAsync(Dictionary<Key, decimal[]> cells)
    {
        const string Sql = """
            select to_char(service_period_start at time zone 'UTC', 'YYYY-MM-01'), account_id, service_id, kind, amount,
                tax_amount, quantity
            from invoicing.invoice_line
            """;
        foreach (object?[] row in await server.ReadAsync(Sql))
        {
            decimal[] cell = Cell(cells, ((string)row[0]!, (string)row[1]!, (string)row[2]!));
            int column = (string)row[3]! switch { "credit" => 1, "refund" => 2, _ => 0 };
            cell[column] += (decimal)row[4]!;
            cell[3] += (decimal)row[5]!;
            cell[4] += column == 0 ? (decimal)row[6]! : 0;
        }
    }

    private static decimal[] Cell(
        Dictionary<Key, decimal[]> cells, (string, string, string) key) =>
        cells.TryGetValue(key, out decimal[]? cell) ? cell : cells[key] = new decimal[6];

    private static string Text(KeyValuePair<Key, decimal[]> cell) =>
        string.Join(',', [cell.Key.Month, cell.Key.Account, cell.Key.Service, .. Figures(cell.Value)]);

    private static string[] Figures(decimal[] c) =>
    [
        $"{c[0]:f2}", $"{c[1]:f2}", $"{c[2]:f2}", $"{c[3]:f2}", $"{c[0] - c[1] - c[2]:f2}", $"{c[4]:f3}", $"{c[5]:f3}",
        $"{c[5] - c[4]:f3}",
    ];

    private static string[] ByService(
        Dictionary<Key, decimal[]> cells, Dictionary<string, string[]> services)
    {
        return [.. cells.GroupBy(c => (c.Key.Month, c.Key.Service))
            .OrderBy(g => $"{g.Key.Month} {g.Key.Service}", StringComparer.Ordinal)
            .Select(g =>
            {
                decimal[] sum = [.. Enumerable.Range(0, 6).Select(i => g.Sum(c => c.Value[i]))];
                long active = g.Count(c => c.Value[4] > 0 || c.Value[5] > 0);
                string ratio = sum[5] == 0 ? "" : Math.Round(
                    (sum[0] - sum[1] - sum[2]) / sum[5], 6, MidpointRounding.AwayFromZero)
                    .ToString("f6", CultureInfo.InvariantCulture);
                string[] service = services[g.Key.Service];
                return string.Join(
                    '|', [g.Key.Month, g.Key.Service, service[1], service[2], .. Figures(sum), $"{active}", ratio]);
            })];
    }
}
