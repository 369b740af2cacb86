using Relecloud.Sources.Catalogue;

namespace Relecloud.Sources.Customers;

/// <summary>Everything that is true on a day: a function of seed, scale and day alone.</summary>
internal sealed class World
{
    private readonly List<AccountHistory> _histories = [];

    public World(ulong seed, double scale, DateOnly start)
    {
        Seed = seed;
        Scale = scale;
        Start = start;
        Catalogue = new ServiceCatalogue(seed);
        Affinities = new Affinities(seed, Catalogue.Services.Count);
        Population = new Population(seed, scale);
    }

    public ulong Seed { get; }

    public double Scale { get; }

    public DateOnly Start { get; }

    /// <summary>Events against the usual number of this scale.</summary>
    public double Density { get; init; } = 1;

    public ServiceCatalogue Catalogue { get; }

    public Affinities Affinities { get; }

    public Population Population { get; }

    /// <summary>One an account, in order of opening.</summary>
    public IReadOnlyList<AccountHistory> Histories => _histories;

    public DateOnly DateOf(int day) => Start.AddDays(day);

    /// <summary>The day of a date, counted from the start.</summary>
    public int DayOf(DateOnly date) => date.DayNumber - Start.DayNumber;

    /// <summary>An instant of a day, in UTC.</summary>
    public DateTime At(int day, int second) =>
        DateOf(day).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddSeconds(second);

    /// <summary>Lives through the next day. Days are taken in order, from 0.</summary>
    public void AdvanceTo(int day)
    {
        Population.AdvanceTo(day);
        foreach (Account account in Population.Accounts.Skip(_histories.Count))
        {
            _histories.Add(new AccountHistory(account, Catalogue, Affinities, Seed));
        }

        foreach (AccountHistory history in _histories)
        {
            history.AdvanceTo(day);
        }
    }
}
