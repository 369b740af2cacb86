using Relecloud.Sources.Customers;

namespace Relecloud.Sources.Application;

/// <summary>The model that answers on a day: it learns what accounts used before, anew each month.</summary>
internal sealed class MonthlyModel(World world, IAdviser adviser)
{
    private const int SecondsADay = 86_400;

    // Times count from a start far enough back that they are not negative.
    private const long DaysBefore = 1000;

    private readonly string[] _names = [.. world.Catalogue.Services.Select(s => s.Id)];
    private int _month;

    /// <summary>Number of the model that answered last, from 1.</summary>
    public int Version { get; private set; }

    /// <summary>The recommender of a day. Days are asked for in order.</summary>
    public IAdviser On(int day)
    {
        DateOnly date = world.DateOf(day);
        int month = (date.Year * 12) + date.Month;
        if (Version == 0 || month != _month)
        {
            adviser.Learn(UsageBefore(day));
            _month = month;
            Version++;
        }

        return adviser;
    }

    private AdviserUsage UsageBefore(int day) => new(
        world.DateOf(day - 1),
        _names,
        world.Histories.Count,
        [
            .. world.Histories.SelectMany(h => h.Subscriptions.Concat(h.Caused).Where(s => s.StartDay < day).Select(
                s => (h.Account.Index, s.Service, (s.StartDay + DaysBefore) * SecondsADay))),
        ]);
}
