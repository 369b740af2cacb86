using System.Text;
using System.Text.Json;
using Relecloud.Sources.Application;
using Relecloud.Sources.Billing;
using Relecloud.Sources.Customers;

namespace Relecloud.Sources.Truth;

/// <summary>
/// What recommendations truly earned: the lines that would not be there without them. Customers held out and those
/// never asked for have none.
/// </summary>
internal sealed class TruthEffect
{
    private readonly World _world;
    private readonly OutsideApplication _application;
    private readonly SortedDictionary<int, TruthCell> _months = [];

    public TruthEffect(World world, OutsideApplication application, IEnumerable<InvoiceLine> lines)
    {
        _world = world;
        _application = application;
        ByCustomer = new(application.Customers.ToDictionary(c => c.Key, _ => new TruthCell()));
        foreach (InvoiceLine line in lines.Where(l => l.Caused))
        {
            int customer = world.Population.Accounts[line.Account].Customer.Index;
            TruthCells.Add(ByCustomer[customer], line);
            TruthCells.Add(Cell(UsageLedger.MonthOf(DateOnly.FromDateTime(line.PeriodStart))), line);
        }
    }

    /// <summary>The customers that were asked for, by index.</summary>
    public SortedDictionary<int, TruthCell> ByCustomer { get; }

    /// <summary>Customers that were shown recommendations.</summary>
    public int Treated => _application.Customers.Values.Count(heldOut => !heldOut);

    /// <summary>Net revenue that recommendations caused.</summary>
    public decimal Net => _months.Values.Sum(c => c.Net);

    /// <summary>A line a customer: its arm and what recommendations earned with it.</summary>
    public void WriteCustomers(Stream stream)
    {
        using StreamWriter text = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine("customer_id,arm,gross,credits,refunds,net");
        foreach ((int customer, TruthCell cell) in ByCustomer)
        {
            string arm = _application.Customers[customer] ? "holdout" : "treated";
            text.WriteLine($"{_world.Population.Customers[customer].Id},{arm},{TruthWriter.Two(cell.Gross)},"
                + $"{TruthWriter.Two(cell.Credits)},{TruthWriter.Two(cell.Refunds)},{TruthWriter.Two(cell.Net)}");
        }
    }

    /// <summary>Parameters and totals, as property <c>recommendations</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        ApplicationSettings settings = _application.Settings;
        json.WriteStartObject("recommendations");
        json.WriteNumber("from_day", settings.FromDay);
        json.WriteNumber("every_days", settings.EveryDays);
        json.WriteString("holdout_salt", settings.Salt);
        json.WriteNumber("holdout_share", settings.HoldoutShare);
        json.WriteStartArray("chance_by_rank");
        foreach (double chance in settings.ChanceByRank)
        {
            json.WriteNumberValue(chance);
        }

        json.WriteEndArray();
        json.WriteNumber("bundle_factor", settings.BundleFactor);
        json.WriteNumber("longest_delay_days", settings.LongestDelay);
        json.WriteNumber("exposures", _application.ExposuresSoFar);
        json.WriteNumber("adoptions_caused", _application.AdoptionsSoFar);
        json.WriteNumber("treated_customers", Treated);
        json.WriteNumber("holdout_customers", _application.Customers.Count - Treated);
        json.WriteNumber("incremental_net", TruthWriter.Two(Net));
        if (Treated > 0)
        {
            decimal mean = decimal.Round(Net / Treated, 6, MidpointRounding.AwayFromZero);
            json.WriteNumber("incremental_net_per_treated_customer", mean);
        }
        else
        {
            json.WriteNull("incremental_net_per_treated_customer");
        }

        json.WriteStartArray("incremental_by_month");
        foreach ((int month, TruthCell cell) in _months)
        {
            json.WriteStartObject();
            json.WriteString("month", $"{UsageLedger.FirstDay(month):yyyy-MM-dd}");
            json.WriteNumber("net", TruthWriter.Two(cell.Net));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private TruthCell Cell(int month)
    {
        if (!_months.TryGetValue(month, out TruthCell? cell))
        {
            _months[month] = cell = new TruthCell();
        }

        return cell;
    }
}
