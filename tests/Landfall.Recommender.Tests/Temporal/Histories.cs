using System.Collections.Immutable;
using Landfall.Recommender.Data;
using Landfall.Recommender.Temporal;

namespace Landfall.Recommender.Tests.Temporal;

/// <summary>Histories with structure that is known: services come in pairs, and the second follows the first.</summary>
internal static class Histories
{
    /// <summary>
    /// Accounts adopt one pair after the other: the second service of a pair comes 20 to 40 days after the first. What
    /// pairs an account takes is chance; the first pairs are more popular.
    /// </summary>
    public static UsageHistory Paired(int accounts, int days, int seed)
    {
        const int Pairs = 15;
        Random random = new(seed);
        Dictionary<(int, int), int> first = [];
        for (int account = 0; account < accounts; account++)
        {
            for (int pair = 0; pair < Pairs; pair++)
            {
                if (random.NextDouble() < 0.1 + (0.4 / (1 + pair)))
                {
                    int day = random.Next(days);
                    first[(account, 2 * pair)] = day;
                    first[(account, (2 * pair) + 1)] = day + random.Next(20, 40);
                }
            }
        }

        return Of(first.Where(f => f.Value < days).ToDictionary(), accounts, 2 * Pairs, days);
    }

    /// <summary>Amounts of 1 for every service used before a day.</summary>
    public static Func<int, IReadOnlyCollection<Interaction>> Amounts(UsageHistory history) => cutOff =>
    [
        .. history.FirstUses.Where(u => u.Day < cutOff).Select(u => new Interaction(u.Account, u.Service, 1, 0)),
    ];

    /// <summary>The same first days with services drawn anew for each account.</summary>
    public static UsageHistory Shuffled(UsageHistory history, int seed)
    {
        Random random = new(seed);
        Dictionary<(int, int), int> first = [];
        foreach (FirstUse use in history.FirstUses)
        {
            first[(use.Account, random.Next(history.Services.Length))] = use.Day;
        }

        return Of(first, history.Accounts.Length, history.Services.Length, history.Days);
    }

    public static UsageHistory Of(
        IReadOnlyDictionary<(int Account, int Service), int> first, int accounts, int services, int days)
    {
        long[][] daily = [.. Enumerable.Range(0, services).Select(_ => new long[days])];
        foreach (((_, int service), int day) in first)
        {
            for (int later = day; later < days; later++)
            {
                daily[service][later]++;
            }
        }

        return new()
        {
            FirstDay = new(2026, 1, 1),
            Days = days,
            Services = [.. Enumerable.Range(0, services).Select(s => $"s{s:00}")],
            Accounts = [.. Enumerable.Range(0, accounts).Select(a => $"a{a:0000}")],
            Customers = [.. Enumerable.Range(0, accounts).Select(a => a / 2)],
            FirstUses =
            [
                .. first.Select(f => new FirstUse(f.Key.Account, f.Key.Service, f.Value))
                    .OrderBy(u => u.Account).ThenBy(u => u.Service),
            ],
            DailyUse = [.. daily.Select(ImmutableArray.Create)],
        };
    }
}
