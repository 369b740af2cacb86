using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Customers;

namespace Relecloud.Sources.Tests.Customers;

/// <summary>What the recommender is to find is there, and does not say it all.</summary>
public sealed class AdoptionTests
{
    private static readonly World World = Lived();

    [Fact]
    public void Services_OfABundle_AreUsedTogetherMoreOftenThanByChance()
    {
        Bundle[] strong = [.. World.Affinities.Bundles.Where(b => b.Strength > 8)];
        Assert.NotEmpty(strong);
        Assert.True(Lift(strong.SelectMany(b => Pairs(b.Services))) > 1.5);
        // Not by the measure itself: pairs at random show nothing.
        IEnumerable<(int, int)> others = Enumerable.Range(0, 149).Select(i => (i, (i + 71) % 150));
        Assert.InRange(Lift(others), 0.7, 1.4);
    }

    [Fact]
    public void Services_OfASequence_FollowMoreOftenThanTheyPrecede()
    {
        int after = 0, before = 0;
        foreach (Sequence sequence in World.Affinities.Sequences.Where(s => s.Strength > 30))
        {
            foreach (AccountHistory history in World.Histories)
            {
                int first = StartOf(history, sequence.Before), second = StartOf(history, sequence.After);
                int days = second - first;
                after += first != 0 && second != 0 && days > 0 && days <= sequence.LastDay ? 1 : 0;
                before += first != 0 && second != 0 && days < 0 && days >= -sequence.LastDay ? 1 : 0;
            }
        }

        Assert.True(after > 2 * before, $"{after} after, {before} before");
    }

    [Fact]
    public void NextService_IsNotDecidedByPopularityAlone()
    {
        int[] adoptions = new int[150];
        foreach (Subscription one in World.Histories.SelectMany(h => h.Subscriptions).Where(s => s.StartDay >= 90))
        {
            adoptions[one.Service]++;
        }

        double top = adoptions.OrderDescending().Take(10).Sum() / (double)adoptions.Sum();
        Assert.InRange(top, 0.15, 0.5);
        Assert.InRange(adoptions.Sum() / (double)World.Histories.Count, 1.5, 8);
    }

    [Fact]
    public void Accounts_OpenCloseAndGiveUpServices()
    {
        Assert.InRange(World.Histories.Count, 990, 1010);
        Assert.InRange(World.Histories.Count(h => h.ClosedDay is not null), 30, 110);
        Assert.InRange(World.Histories.Count(h => h.Account.OpenedDay > 0), 200, 240);
        Subscription[] all = [.. World.Histories.SelectMany(h => h.Subscriptions)];
        Assert.InRange(all.Count(s => s.EndDay != int.MaxValue) / (double)all.Length, 0.1, 0.5);
        Assert.All(all, s => Assert.True(World.Catalogue.Services[s.Service].LaunchDay <= s.StartDay));
    }

    private static World Lived()
    {
        World world = new(5, 0.2, new DateOnly(2026, 1, 20));
        for (int day = 0; day < 180; day++)
        {
            world.AdvanceTo(day);
        }

        return world;
    }

    private static int StartOf(AccountHistory history, int service) =>
        history.Subscriptions.FirstOrDefault(s => s.Service == service)?.StartDay ?? 0;

    private static IEnumerable<(int, int)> Pairs(int[] services) =>
        services.SelectMany(_ => services, (a, b) => (a, b)).Where(p => p.a < p.b);

    private static double Lift(IEnumerable<(int One, int Other)> pairs)
    {
        HashSet<int>[] baskets = [.. World.Histories.Select(h => h.Subscriptions.Select(s => s.Service).ToHashSet())];
        double together = 0, expected = 0;
        foreach ((int one, int other) in pairs)
        {
            together += baskets.Count(b => b.Contains(one) && b.Contains(other));
            double others = baskets.Count(b => b.Contains(other));
            expected += baskets.Count(b => b.Contains(one)) * others / baskets.Length;
        }

        return together / expected;
    }
}
