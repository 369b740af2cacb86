using Relecloud.Sources.Customers;
using Relecloud.Sources.Telemetry;

namespace Relecloud.Sources.Billing;

/// <summary>
/// What has arrived of use on the billing meters: thousandths of the unit by month, account and service, each event
/// counted once.
/// </summary>
internal sealed class UsageLedger(World world)
{
    private readonly Dictionary<(int Month, int Account), SortedDictionary<int, long>> _used = [];
    private readonly Dictionary<(int Month, int Account), SortedDictionary<int, long>> _caused = [];

    /// <summary>All use; what recommendations caused stands apart.</summary>
    public IEnumerable<KeyValuePair<(int Month, int Account), SortedDictionary<int, long>>> All =>
        _used.Concat(_caused);

    /// <summary>A month's number: twelve a year.</summary>
    public static int MonthOf(DateOnly date) => (date.Year * 12) + date.Month - 1;

    public static DateOnly FirstDay(int month) => new(month / 12, (month % 12) + 1, 1);

    public void Add(in ArrivedLine line)
    {
        if (line.Event.Meter == 0 && !line.Duplicate && line.Malformed == MalformedKind.None)
        {
            (int Month, int Account) key = (MonthOf(world.DateOf(line.Event.Day)), line.Event.Account);
            var used = line.Event.Caused ? _caused : _used;
            if (!used.TryGetValue(key, out SortedDictionary<int, long>? services))
            {
                used[key] = services = [];
            }

            services[line.Event.Service] = services.GetValueOrDefault(line.Event.Service) + line.Event.MilliQuantity;
        }
    }

    public IReadOnlyDictionary<int, long> Of(int month, int account, bool caused) =>
        (caused ? _caused : _used).TryGetValue((month, account), out SortedDictionary<int, long>? services)
            ? services
            : System.Collections.Immutable.ImmutableSortedDictionary<int, long>.Empty;
}
