using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Catalogue;

/// <summary>The price list over time: which services there are and what they are called on a day.</summary>
internal sealed class ServiceCatalogue
{
    private const int RenameEvery = 40;
    private const int MoveEvery = 90;
    private readonly ulong _seed;

    public ServiceCatalogue(ulong seed)
    {
        _seed = seed;
        Services = Create(seed);
    }

    public IReadOnlyList<Service> Services { get; }

    /// <summary>The services launched by a day, in order of id.</summary>
    public IEnumerable<Service> On(int day) => Services.Where(s => s.LaunchDay <= day);

    /// <summary>A service's name at the end of a day: each window of 40 days renames one.</summary>
    public string NameOn(Service service, int day)
    {
        int renamed = 0;
        for (int window = 0; window * RenameEvery <= day; window++)
        {
            (int on, int index, _) = Change(window, RenameEvery);
            renamed += on <= day && index == service.Index ? 1 : 0;
        }

        return renamed == 0 ? service.Name : $"{service.Name} v{renamed + 1}";
    }

    /// <summary>A service's category at the end of a day: each window of 90 days moves one.</summary>
    public string CategoryOn(Service service, int day)
    {
        int category = service.Category;
        for (int window = 0; window * MoveEvery <= day; window++)
        {
            (int on, int index, int target) = Change(window, MoveEvery);
            category = on <= day && index == service.Index ? target : category;
        }

        return Category.All[category].Name;
    }

    private (int Day, int Service, int Category) Change(int window, int length)
    {
        Rng rng = new(_seed, RandomStream.ListChange, window, length);
        int day = (window * length) + rng.Between(5, length - 1);
        return (day, rng.Below(Services.Count), rng.Below(Category.All.Count));
    }

    private static Service[] Create(ulong seed)
    {
        (int Category, string Name)[] names =
            [.. Category.All.SelectMany((c, i) => c.ServiceNames.Select(n => (i, n)))];
        // Launches come two at a time, on three days.
        Rng launches = new(seed, RandomStream.Catalogue, -1);
        Dictionary<int, int> launchDays = [];
        foreach (int day in (int[])[24, 77, 131])
        {
            while (launchDays.Values.Count(d => d == day) < 2)
            {
                launchDays.TryAdd(launches.Below(names.Length), day);
            }
        }

        return [.. names.Select((n, i) => One(seed, i, n.Category, n.Name, launchDays.GetValueOrDefault(i, -1)))];
    }

    private static Service One(ulong seed, int index, int category, string name, int launchDay)
    {
        Rng rng = new(seed, RandomStream.Catalogue, index);
        Category of = Category.All[category];
        BillingKind kind = rng.Pick(of.Kinds);
        return new Service
        {
            Index = index,
            Id = $"svc-{index + 1:d3}",
            Name = name,
            Category = category,
            Meters =
            [
                new Meter(kind.Meter, kind.Unit),
                .. of.OtherMeters.Where(m => m.Name != kind.Meter),
                new Meter(kind.Meter, kind.OtherUnit),
            ],
            LaunchDay = launchDay >= 0 ? launchDay : -rng.Between(200, 2500),
            UnitPrice = decimal.Round(kind.Price * (decimal)rng.Between(0.4, 2.4), 6),
            BaseQuantity = kind.Quantity * rng.LogNormal(0.5),
            Whole = kind.Whole,
            Chatter = rng.LogNormal(0.6),
            Popularity = rng.LogNormal(1.1),
            Trend = rng.Between(-0.7, 1.6),
        };
    }
}
