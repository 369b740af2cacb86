using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Telemetry;

/// <summary>Sorts events into the hours they arrive in, which lie up to three days ahead.</summary>
internal sealed class ArrivalBuffer(World world)
{
    private const int HoursAhead = 24 * 5;
    private const double MalformedShare = 1.0 / 20_000;
    private const int SureEvery = 30;
    private const int SureDay = 5;

    // One malformed line must stay well below a hundredth of a day's lines.
    private const int LinesForSure = 200;
    private readonly List<ArrivedLine>[] _hours =
        [.. Enumerable.Range(0, HoursAhead).Select(_ => new List<ArrivedLine>())];

    /// <summary>Takes a day's events in.</summary>
    public void Add(List<UsageEvent> events)
    {
        foreach (UsageEvent one in events)
        {
            uint order = one.Late ? Scatter(one, 1) : (uint)(one.Millisecond % 3_600_000);
            _hours[one.ArrivalHour % HoursAhead].Add(new ArrivedLine(one, order, Duplicate: false, MalformedKind.None));
            if (one.DuplicateHour >= 0)
            {
                _hours[one.DuplicateHour % HoursAhead].Add(
                    new ArrivedLine(one, Math.Max(order, Scatter(one, 2)), Duplicate: true, MalformedKind.None));
            }
        }
    }

    /// <summary>
    /// The lines of a day's 24 hours in order of arrival, malformed ones included. Each day is taken once, after its
    /// events came in, and released when it is written.
    /// </summary>
    public List<ArrivedLine>[] Take(int day)
    {
        int lines = 0;
        List<ArrivedLine>[] hours = new List<ArrivedLine>[24];
        for (int hour = 0; hour < 24; hour++)
        {
            hours[hour] = _hours[((day * 24) + hour) % HoursAhead];
            lines += hours[hour].Count;
        }

        for (int hour = 0; hour < 24; hour++)
        {
            bool sure = day % SureEvery == SureDay && hour == 13 && lines >= LinesForSure;
            hours[hour].Sort(ArrivedLine.Compare);
            Spoil(hours[hour], (day * 24) + hour, sure);
        }

        return hours;
    }

    /// <summary>Forgets a day that was taken.</summary>
    public void Release(int day)
    {
        for (int hour = 0; hour < 24; hour++)
        {
            _hours[((day * 24) + hour) % HoursAhead].Clear();
        }
    }

    private void Spoil(List<ArrivedLine> lines, int hour, bool sure)
    {
        if (lines.Count == 0)
        {
            return;
        }

        Rng rng = new(world.Seed, RandomStream.Malformed, hour);
        int count = (int)((lines.Count * MalformedShare) + rng.Unit()) + (sure ? 1 : 0);
        for (int i = 0; i < count; i++)
        {
            int at = rng.Below(lines.Count);
            MalformedKind kind = (MalformedKind)rng.Between(1, (int)MalformedKind.BadEventTime);
            lines.Insert(at, lines[at] with { Malformed = kind, Duplicate = false });
        }
    }

    private static uint Scatter(UsageEvent one, ulong salt) => (uint)(Rng.Mix(one.Id + salt) % 3_600_000);
}
