using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Telemetry;

/// <summary>The use of a day: who used what, when and how much.</summary>
internal sealed class DayGenerator(World world)
{
    public const double LateShare = 0.02;
    public const double DuplicateShare = 0.005;
    public const int LatestHours = 48;
    private const double EventsAtScaleOne = 20_000_000;
    private const int Span = 180;
    private const double BillingShare = 0.72;
    private const double OtherUnitShare = 0.01;

    // Relecloud as a whole, Monday first; the segments' own weeks shift use between them.
    private static readonly double[] Week = [1.08, 1.10, 1.10, 1.09, 1.05, 0.80, 0.78];
    private static readonly byte[] OfficeHours =
        Hours([1, 1, 1, 1, 1, 2, 4, 9, 14, 17, 17, 16, 13, 15, 17, 16, 14, 10, 6, 4, 3, 2, 2, 1]);
    private static readonly byte[] AllHours =
        Hours([6, 5, 5, 4, 4, 5, 6, 8, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10, 11, 12, 12, 11, 9, 7]);
    private readonly List<(AccountHistory History, Subscription Subscription, double Weight)> _active = [];
    private readonly List<(AccountHistory History, Subscription Subscription, double Weight)> _caused = [];

    /// <summary>Makes a day's events. The world must be at that day.</summary>
    public void Generate(int day, List<UsageEvent> events)
    {
        events.Clear();
        double total = Weigh(day);
        double rate = total > 0 ? Target(day) / total : 0;
        Rng rng = new(world.Seed, RandomStream.Usage, day);
        Add(events, _active, ref rng, day, rate, caused: false);

        // What recommendations cause comes on top, with numbers of its own: it changes nobody's other use.
        Rng other = new(world.Seed, RandomStream.CausedUse, day);
        Add(events, _caused, ref other, day, rate, caused: true);
    }

    private void Add(
        List<UsageEvent> events, List<(AccountHistory History, Subscription Subscription, double Weight)> active,
        ref Rng rng, int day, double rate, bool caused)
    {
        foreach ((AccountHistory history, Subscription subscription, double weight) in active)
        {
            int count = (int)((weight * rate) + rng.Unit());
            double typical = Quantity(subscription, day);
            for (int i = 0; i < count; i++)
            {
                UsageEvent one = Event(ref rng, day, history.Account, subscription, typical, events.Count);
                events.Add(one with { Caused = caused });
            }
        }
    }

    private double Target(int day) =>
        EventsAtScaleOne * world.Density * world.Scale / Span * (0.841 + (0.32 * day / Span)) * Week[Weekday(day)];

    private int Weekday(int day) => ((int)world.DateOf(day).DayOfWeek + 6) % 7;

    private double Weigh(int day)
    {
        _active.Clear();
        _caused.Clear();
        double total = 0;
        foreach (AccountHistory history in world.Histories)
        {
            foreach (Subscription one in history.Subscriptions.Where(s => s.StartDay <= day && day < s.EndDay))
            {
                double weight = WeightOf(history, one, day);
                _active.Add((history, one, weight));
                total += weight;
            }

            _caused.AddRange(history.Caused.Where(s => s.StartDay <= day && day < s.EndDay)
                .Select(s => (history, s, WeightOf(history, s, day))));
        }

        return total;
    }

    private double WeightOf(AccountHistory history, Subscription one, int day)
    {
        DateOnly date = world.DateOf(day);
        Segment segment = history.Account.Customer.Segment;
        double calendar = segment.Week[Weekday(day)] * segment.Year[date.Month - 1];
        bool turn = date.Day <= 2 || date.AddDays(2).Month != date.Month;
        Category category = Category.All[world.Catalogue.Services[one.Service].Category];
        double ramp = Math.Min(1, 0.4 + (0.1 * (day - one.StartDay)));
        return one.Weight * calendar * ramp * (turn ? category.MonthEndFactor : 1);
    }

    private double Quantity(Subscription subscription, int day)
    {
        double growth = Math.Max(0.2, 1 + (subscription.Growth * (day - subscription.StartDay) / Span));
        return world.Catalogue.Services[subscription.Service].BaseQuantity * subscription.Quantity * growth;
    }

    private UsageEvent Event(
        ref Rng rng, int day, Account account, Subscription subscription, double typical, int sequence)
    {
        Service service = world.Catalogue.Services[subscription.Service];
        byte[] hours = account.Customer.Segment.Office ? OfficeHours : AllHours;
        int from = day == subscription.StartDay ? subscription.StartSecond * 1000 : 0;
        int moment = Math.Max(from, (hours[rng.Below(hours.Length)] * 3_600_000) + rng.Below(3_600_000));
        double which = rng.Unit();
        int meter = which < BillingShare ? 0
            : which < BillingShare + OtherUnitShare ? service.Meters.Length - 1
            : 1 + rng.Below(service.Meters.Length - 2);
        double quantity = typical * rng.Between(0.6, 1.4);
        int hour = (day * 24) + (moment / 3_600_000);
        int arrival = rng.Chance(LateShare) ? Late(ref rng, day, moment) : hour;
        return new UsageEvent
        {
            // The sequence fits the lower half: no two events share a number, and mixing keeps it so.
            Id = Rng.Mix((((ulong)day << 32) | (uint)sequence) + (world.Seed * 0x9E3779B97F4A7C15)),
            Day = day,
            Millisecond = moment,
            Account = account.Index,
            Service = (short)service.Index,
            Meter = (byte)meter,
            Region = subscription.Region,
            MilliQuantity = (service.Whole && meter == 0) || service.Meters[meter].Unit == "count"
                ? Math.Max(1, (long)quantity) * 1000
                : Math.Max(1, (long)(quantity * 1000)),
            Caused = false,
            ArrivalHour = arrival,
            DuplicateHour = !rng.Chance(DuplicateShare) ? -1 : rng.Chance(0.5) ? arrival : arrival + rng.Between(1, 24),
        };
    }

    // From one hour to 48 after use, never in the hour of use.
    private static int Late(ref Rng rng, int day, int moment) =>
        (int)(((day * 86_400_000L) + moment + (rng.Between(1.0, LatestHours) * 3_600_000)) / 3_600_000);

    private static byte[] Hours(int[] weights) =>
        [.. weights.SelectMany((w, hour) => Enumerable.Repeat((byte)hour, w))];
}
