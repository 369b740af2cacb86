using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Customers;

/// <summary>How an account takes up and gives up services, day by day, and when it closes.</summary>
internal sealed class AccountHistory
{
    private const double ClosingChance = 0.0004;
    private const double TrialLossChance = 0.005;
    private const double LossChance = 0.0013;
    private const int TrialDays = 30;
    private const int DaysBefore = 150;

    // Some adoptions follow neither bundles nor sequences: the pattern is there, but not the whole story.
    private const double WhimShare = 0.3;

    private readonly ServiceCatalogue _catalogue;
    private readonly Affinities _affinities;
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Subscription> _caused = [];
    private readonly ulong _seed;
    private Rng _rng;
    private int _nextDay;

    public AccountHistory(Account account, ServiceCatalogue catalogue, Affinities affinities, ulong seed)
    {
        Account = account;
        _catalogue = catalogue;
        _affinities = affinities;
        _seed = seed;
        _rng = new Rng(seed, RandomStream.Adoption, account.Index);
        _nextDay = Math.Max(account.OpenedDay, -DaysBefore);
    }

    public Account Account { get; }

    /// <summary>
    /// What the account takes up by itself, in order of adoption, the ended ones included. It never depends on
    /// recommendations.
    /// </summary>
    public IReadOnlyList<Subscription> Subscriptions => _subscriptions;

    /// <summary>
    /// What it uses only because it was recommended: up to the day on which it would have taken the service up by
    /// itself. A service has at most one of these, and none once it is among the others.
    /// </summary>
    public IReadOnlyList<Subscription> Caused => _caused;

    /// <summary>Its last day; null while it is open.</summary>
    public int? ClosedDay { get; private set; }

    /// <summary>Lives through the days up to one.</summary>
    public void AdvanceTo(int day)
    {
        for (; _nextDay <= day && ClosedDay is null; _nextDay++)
        {
            if (_subscriptions.Count == 0)
            {
                Start(_nextDay);
            }

            Live(_nextDay);
            LoseCaused(_nextDay);
        }
    }

    /// <summary>Takes up a service because it was recommended. The account must have lived through the day.</summary>
    /// <returns>False where it has had the service before or is closed.</returns>
    public bool Accept(int service, int day)
    {
        if (ClosedDay is not null || _subscriptions.Concat(_caused).Any(s => s.Service == service))
        {
            return false;
        }

        Rng rng = new(_seed, RandomStream.Reaction, KeyOf(service), -1);
        _caused.Add(Make(ref rng, service, day));
        return true;
    }

    private void Start(int day)
    {
        int count = _rng.Between(1, 3) + (Account.Customer.Segment.Appetite / 6);
        for (int i = 0; i < count; i++)
        {
            Adopt(day);
        }
    }

    private void Live(int day)
    {
        int active = 0;
        foreach (Subscription one in _subscriptions)
        {
            if (one.EndDay == int.MaxValue)
            {
                double chance = day - one.StartDay < TrialDays ? TrialLossChance : LossChance;
                one.EndDay = day > one.StartDay && _rng.Chance(chance) ? day : int.MaxValue;
                active += one.EndDay == int.MaxValue ? 1 : 0;
            }
        }

        double room = 1 - (active / (double)Account.Customer.Segment.Appetite);
        if (_rng.Chance(Account.Customer.Segment.Eagerness * Math.Max(0.1, room)))
        {
            Adopt(day);
        }

        if (day > 0 && _rng.Chance(ClosingChance))
        {
            Close(day);
        }
    }

    private void Close(int day)
    {
        ClosedDay = day;
        foreach (Subscription one in _subscriptions.Concat(_caused).Where(s => s.EndDay == int.MaxValue))
        {
            one.EndDay = day + 1;
        }
    }

    private void Adopt(int day)
    {
        Span<double> wishes = stackalloc double[_catalogue.Services.Count];
        double total = Wishes(wishes, day, whim: _rng.Chance(WhimShare));
        if (total > 0)
        {
            int service = _rng.Weighted(wishes, total);
            _subscriptions.Add(Make(ref _rng, service, day));
            foreach (Subscription one in _caused.Where(s => s.Service == service && s.EndDay == int.MaxValue))
            {
                one.EndDay = day;
            }
        }
    }

    private Subscription Make(ref Rng rng, int service, int day) => new()
    {
        Service = service,
        StartDay = day,
        StartSecond = rng.Below(86_400),
        Weight = _catalogue.Services[service].Chatter * rng.LogNormal(0.5) * Math.Sqrt(Account.Size),
        Quantity = Account.Size * rng.LogNormal(0.7),
        Growth = rng.Between(-0.5, 1.2),
        Region = rng.Chance(0.9) ? Account.Region : Account.Customer.Country.NextRegion,
    };

    private void LoseCaused(int day)
    {
        foreach (Subscription one in _caused.Where(s => s.EndDay == int.MaxValue))
        {
            Rng rng = new(_seed, RandomStream.Reaction, KeyOf(one.Service), day);
            double chance = day - one.StartDay < TrialDays ? TrialLossChance : LossChance;
            one.EndDay = rng.Chance(chance) ? day : int.MaxValue;
        }
    }

    private long KeyOf(int service) => ((long)Account.Index << 16) + service;

    private double Wishes(Span<double> wishes, int day, bool whim)
    {
        wishes.Fill(1);
        if (!whim)
        {
            AddPatterns(wishes, day);
        }

        foreach (Subscription one in _subscriptions)
        {
            wishes[one.Service] = 0;
        }

        double total = 0;
        foreach (Service service in _catalogue.Services)
        {
            double taste = Account.Customer.Segment.Taste[service.Category];
            wishes[service.Index] *= service.LaunchDay <= day ? service.PopularityOn(day) * taste : 0;
            total += wishes[service.Index];
        }

        return total;
    }

    private void AddPatterns(Span<double> wishes, int day)
    {
        foreach (Subscription one in _subscriptions.Where(s => s.EndDay > day))
        {
            ReadOnlySpan<double> together = _affinities.Together(one.Service);
            for (int i = 0; i < wishes.Length; i++)
            {
                wishes[i] += together[i];
            }

            int age = day - one.StartDay;
            foreach (Sequence sequence in _affinities.Sequences)
            {
                if (sequence.Before == one.Service && age >= sequence.FirstDay && age <= sequence.LastDay)
                {
                    wishes[sequence.After] += sequence.Strength;
                }
            }
        }
    }
}
