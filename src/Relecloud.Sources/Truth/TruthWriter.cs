using System.Text;
using System.Text.Json;
using Relecloud.Sources.Application;
using Relecloud.Sources.Billing;
using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Storage;
using Relecloud.Sources.Telemetry;

namespace Relecloud.Sources.Truth;

/// <summary>
/// Writes what revenue by service must come to: <c>truth.json</c> by month and service with totals and parameters, and
/// <c>truth-accounts.csv</c> by month, account and service; and what recommendations earned, in <c>truth.json</c>
/// and by customer in <c>truth-recommendations.csv</c>. Numbers are exact decimals.
/// </summary>
internal sealed class TruthWriter(World world, SourceFolder folder)
{
    public const string FileName = "truth.json";
    public const string AccountsFileName = "truth-accounts.csv";
    public const string RecommendationsFileName = "truth-recommendations.csv";

    public void Write(
        int day, TelemetryCounts counts, UsageLedger usage, IReadOnlyList<InvoiceLine> lines,
        OutsideApplication application, IReadOnlyList<(string Table, long Rows)> tables)
    {
        SortedDictionary<(int Month, int Account, int Service), TruthCell> accounts =
            TruthCells.ByAccount(lines, usage);
        folder.Write(AccountsFileName, null, stream => WriteAccounts(stream, accounts));
        TruthEffect effect = new(world, application, lines);
        folder.Write(RecommendationsFileName, null, effect.WriteCustomers);
        folder.Write(FileName, null, stream =>
        {
            using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true });
            json.WriteStartObject();
            WriteHead(json, day, counts, tables);
            TruthParameters.Write(json, world);
            effect.Write(json);
            WriteCells(json, day, TruthCells.ByService(accounts));
            json.WriteEndObject();
        });
    }

    private void WriteHead(
        Utf8JsonWriter json, int day, TelemetryCounts counts, IReadOnlyList<(string Table, long Rows)> tables)
    {
        json.WriteNumber("seed", (long)world.Seed);
        json.WriteNumber("scale", world.Scale);
        json.WriteString("start", Date(world.Start));
        json.WriteNumber("days", day + 1);
        json.WriteStartObject("telemetry");
        json.WriteNumber("lines", counts.Lines);
        json.WriteNumber("events_written", counts.Unique + counts.Duplicates);
        json.WriteNumber("unique_events", counts.Unique);
        json.WriteNumber("duplicates", counts.Duplicates);
        json.WriteNumber("late", counts.Late);
        json.WriteStartObject("malformed");
        foreach ((MalformedKind kind, long lines) in counts.Malformed)
        {
            json.WriteNumber(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), lines);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("rows");
        json.WriteNumber("cloud_accounts.account", world.Histories.Count);
        json.WriteNumber("cloud_accounts.service", world.Catalogue.On(day).Count());
        foreach ((string table, long rows) in tables)
        {
            json.WriteNumber(table, rows);
        }

        json.WriteEndObject();
    }

    private void WriteCells(Utf8JsonWriter json, int day, SortedDictionary<(int Month, int Service), TruthCell> cells)
    {
        json.WriteStartArray("revenue_by_service");
        foreach (((int month, int index), TruthCell cell) in cells)
        {
            Service service = world.Catalogue.Services[index];
            json.WriteStartObject();
            json.WriteString("month", Date(UsageLedger.FirstDay(month)));
            json.WriteString("service_id", service.Id);
            json.WriteString("service_name", world.Catalogue.NameOn(service, day));
            json.WriteString("category", world.Catalogue.CategoryOn(service, day));
            WriteMoney(json, cell);
            json.WriteNumber("billed_quantity", Three(cell.Billed));
            json.WriteNumber("used_quantity", Three(cell.Used));
            json.WriteNumber("unbilled_quantity", Three(cell.Unbilled));
            json.WriteNumber("active_accounts", cell.ActiveAccounts);
            if (cell.NetPerUsedUnit is { } ratio)
            {
                json.WriteNumber("net_revenue_per_used_unit", ratio + 0.000000m);
            }
            else
            {
                json.WriteNull("net_revenue_per_used_unit");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMoney(Utf8JsonWriter json, TruthCell cell)
    {
        json.WriteNumber("gross", Two(cell.Gross));
        json.WriteNumber("credits", Two(cell.Credits));
        json.WriteNumber("refunds", Two(cell.Refunds));
        json.WriteNumber("tax", Two(cell.Tax));
        json.WriteNumber("net", Two(cell.Net));
    }

    private void WriteAccounts(
        Stream stream, SortedDictionary<(int Month, int Account, int Service), TruthCell> accounts)
    {
        using StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("month,account_id,service_id,gross,credits,refunds,tax,net,billed_quantity,used_quantity,"
            + "unbilled_quantity");
        foreach (((int month, int account, int service), TruthCell cell) in accounts)
        {
            text.WriteLine(
                $"{Date(UsageLedger.FirstDay(month))},{world.Population.Accounts[account].Id},"
                + $"{world.Catalogue.Services[service].Id},{Two(cell.Gross)},{Two(cell.Credits)},{Two(cell.Refunds)},"
                + $"{Two(cell.Tax)},{Two(cell.Net)},{Three(cell.Billed)},{Three(cell.Used)},{Three(cell.Unbilled)}");
        }
    }

    private static string Date(DateOnly date) => $"{date:yyyy-MM-dd}";

    // Adding a zero of that scale shows all its digits.
    public static decimal Two(decimal value) => value + 0.00m;

    private static decimal Three(decimal value) => value + 0.000m;
}
