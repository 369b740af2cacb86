using Relecloud.Sources.Randomness;

namespace Relecloud.Sources.Customers;

/// <summary>Customers and accounts in order of opening. More days only append to them.</summary>
internal sealed class Population
{
    private const int AccountsAtScaleOne = 5000;
    private const double ThereAtStart = 0.78;
    private const int Span = 180;
    private static readonly string[] Suffixes =
        ["prod", "test", "data", "web", "shared services", "lab", "\"blue\"", "edge, east"];
    private readonly ulong _seed;
    private readonly int _initial;
    private readonly double _perDay;
    private readonly List<Customer> _customers = [];
    private readonly List<Account> _accounts = [];
    private readonly List<int> _accountsOf = [];

    public Population(ulong seed, double scale)
    {
        _seed = seed;
        double total = Math.Max(2, AccountsAtScaleOne * scale);
        _initial = Math.Max(1, (int)(total * ThereAtStart));
        _perDay = (total - _initial) / Span;
    }

    public IReadOnlyList<Customer> Customers => _customers;

    public IReadOnlyList<Account> Accounts => _accounts;

    /// <summary>Opens the accounts of a day; the first day also has all that were there before.</summary>
    public void AdvanceTo(int day)
    {
        int count = _initial + (int)(_perDay * (day + 1));
        while (_accounts.Count < count)
        {
            _accounts.Add(Open(_accounts.Count, day));
        }
    }

    private Account Open(int index, int day)
    {
        Rng rng = new(_seed, RandomStream.Account, index);
        int opened = index < _initial ? -rng.Between(1, 900) : day;
        bool isNew = _customers.Count == 0 || rng.Chance(0.42);
        Customer customer = isNew ? Welcome(opened) : rng.Pick(_customers);
        int same = _accountsOf[customer.Index]++;
        return new Account
        {
            Index = index,
            Id = $"acc-{index + 1:d6}",
            Name = $"{customer.Name} {Suffixes[same % Suffixes.Length]}",
            Customer = customer,
            Region = rng.Chance(0.8) ? customer.Country.Region : customer.Country.NextRegion,
            OpenedDay = Math.Max(opened, customer.FirstDay),
            Size = customer.Segment.Size * rng.LogNormal(0.8),
        };
    }

    private Customer Welcome(int day)
    {
        int index = _customers.Count;
        Rng rng = new(_seed, RandomStream.Customer, index);
        Customer customer = new()
        {
            Index = index,
            Id = $"cust-{index + 1:d5}",
            Name = PeopleNames.Company(ref rng, index),
            Segment = Choose(ref rng, Segment.All, s => s.Share),
            Country = Choose(ref rng, Country.All, c => c.Share),
            FirstDay = day,
        };
        _customers.Add(customer);
        _accountsOf.Add(0);
        return customer;
    }

    private static T Choose<T>(ref Rng rng, IReadOnlyList<T> items, Func<T, double> share)
    {
        double[] weights = [.. items.Select(share)];
        return items[rng.Weighted(weights, weights.Sum())];
    }
}
