using Relecloud.Sources.Application;
using Relecloud.Sources.Billing;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Storage;
using Relecloud.Sources.Telemetry;
using Relecloud.Sources.Truth;

namespace Relecloud.Sources;

/// <summary>
/// The simulation itself. It always lives from day 0 on, which costs little; only writing is skipped for days that are
/// there already. So nothing but the day's number has to be kept between runs.
/// </summary>
internal sealed class DayByDay
{
    private readonly World _world;
    private readonly DayGenerator _generator;
    private readonly ArrivalBuffer _arrivals;
    private readonly UsageLedger _usage;
    private readonly CrmOffice _crm;
    private readonly BillingOffice _billing;
    private readonly OutsideApplication _application;
    private readonly ApplicationFiles _applicationFiles;
    private readonly HourFiles _hours;
    private readonly SnapshotFiles _snapshots;
    private readonly TelemetryCounts _counts = new();
    private readonly TruthWriter _truth;
    private readonly List<UsageEvent> _events = [];

    public DayByDay(SourcesState state, SourceFolder folder, IAdviser adviser)
    {
        _world = new World((ulong)state.Seed, state.Scale, state.Start);
        _generator = new DayGenerator(_world);
        _arrivals = new ArrivalBuffer(_world);
        _usage = new UsageLedger(_world);
        _crm = new CrmOffice(_world, Changes);
        _billing = new BillingOffice(_world, _usage, Changes);
        _application = new OutsideApplication(_world, new ApplicationSettings(), adviser);
        _applicationFiles = new ApplicationFiles(_world, folder);
        _hours = new HourFiles(_world, folder);
        _snapshots = new SnapshotFiles(_world, folder);
        _truth = new TruthWriter(_world, folder);
    }

    /// <summary>Rows that changed since they were last cleared.</summary>
    public Changes Changes { get; } = new();

    /// <summary>Lines of telemetry delivered.</summary>
    public long Lines => _counts.Lines;

    /// <summary>Lives through a day. Days are taken in order, from 0.</summary>
    public void Live(int day, bool write)
    {
        _world.AdvanceTo(day);
        _application.Work(day);
        _generator.Generate(day, _events);
        _arrivals.Add(_events);
        List<ArrivedLine>[] hours = _arrivals.Take(day);
        foreach (ArrivedLine line in hours.SelectMany(h => h))
        {
            _usage.Add(line);
            _counts.Add(line);
        }

        if (write)
        {
            _hours.Write(day, hours);
            _snapshots.Write(day);
            _applicationFiles.Write(day, _application);
        }

        _arrivals.Release(day);
        _crm.Work(day);
        _billing.Work(day);
    }

    /// <summary>Writes what is true after a day.</summary>
    public void WriteTruth(int day) =>
        _truth.Write(day, _counts, _usage, _billing.Lines, _application, [.. _crm.Counts, .. _billing.Counts]);
}
