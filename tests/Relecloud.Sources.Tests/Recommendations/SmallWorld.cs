using Relecloud.Application;
using Relecloud.Sources.Application;
using Relecloud.Sources.Billing;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Telemetry;
using Relecloud.Sources.Truth;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>A simulated company in memory, without files: what it used, was billed and was recommended.</summary>
internal sealed class SmallWorld
{
    private readonly World _world;
    private readonly UsageLedger _usage;
    private readonly BillingOffice _billing;
    private readonly HashSet<(DateOnly Day, int Account, int Service)> _used = [];
    private readonly List<Exposure> _exposures = [];

    /// <summary>Lives through the days of a company that began on 1 January 2026.</summary>
    public SmallWorld(long seed, double scale, int days, ApplicationSettings settings, double density = 0.1)
    {
        _world = new World((ulong)seed, scale, new DateOnly(2026, 1, 1)) { Density = density };
        Application = new OutsideApplication(_world, settings, new RecommenderAdviser());
        _usage = new UsageLedger(_world);
        _billing = new BillingOffice(_world, _usage, new Changes());
        DayGenerator generator = new(_world);
        ArrivalBuffer arrivals = new(_world);
        List<UsageEvent> events = [];
        for (int day = 0; day < days; day++)
        {
            _world.AdvanceTo(day);
            Application.Work(day);
            _exposures.AddRange(Application.Exposures);
            generator.Generate(day, events);
            arrivals.Add(events);
            foreach (ArrivedLine line in arrivals.Take(day).SelectMany(h => h))
            {
                Count(line);
            }

            arrivals.Release(day);
            _billing.Work(day);
        }

        Effect = new TruthEffect(_world, Application, _billing.Lines);
    }

    public OutsideApplication Application { get; }

    public TruthEffect Effect { get; }

    public IReadOnlyList<Exposure> Exposures => _exposures;

    public IReadOnlyList<InvoiceLine> Lines => _billing.Lines;

    /// <summary>Rows of table <c>interaction</c>.</summary>
    public IEnumerable<(DateOnly Day, string Account, string Service)> Used =>
        _used.Select(u => (u.Day, AccountOf(u.Account), ServiceOf(u.Service)));

    public IEnumerable<Account> Accounts => _world.Histories.Select(h => h.Account);

    /// <summary>Cells of table <c>revenue_by_account_service</c>.</summary>
    public IEnumerable<(DateOnly Month, string Account, string Service, TruthCell Cell)> Revenue =>
        TruthCells.ByAccount(_billing.Lines, _usage).Select(c => (
            UsageLedger.FirstDay(c.Key.Month), AccountOf(c.Key.Account), ServiceOf(c.Key.Service), c.Value));

    /// <summary>Net revenue of all lines but those that recommendations caused, by account and service.</summary>
    public SortedDictionary<(int Account, int Service, int Month), decimal> NaturalNet()
    {
        SortedDictionary<(int, int, int), decimal> net = [];
        foreach (InvoiceLine line in _billing.Lines.Where(l => !l.Caused))
        {
            decimal signed = line.Kind is "credit" or "refund" ? -line.Amount : line.Amount;
            (int, int, int) key = (line.Account, line.Service, line.PeriodStart.Month);
            net[key] = net.GetValueOrDefault(key) + signed;
        }

        return net;
    }

    private void Count(ArrivedLine line)
    {
        _usage.Add(line);
        if (line.Event.Meter == 0 && line.Malformed == MalformedKind.None)
        {
            _used.Add((_world.DateOf(line.Event.Day), line.Event.Account, line.Event.Service));
        }
    }

    private string AccountOf(int account) => _world.Population.Accounts[account].Id;

    private string ServiceOf(int service) => _world.Catalogue.Services[service].Id;
}
