using Landfall.Recommender.Data;
using Landfall.Recommender.Temporal;

namespace Landfall.Recommender.Tests.Temporal;

public class UsageHistoryTests
{
    /// <summary>Account 0 takes up service 0 on day 0 and 1 on day 5; account 1 comes on day 6, 2 on day 2.</summary>
    private static readonly UsageHistory History = Histories.Of(
        new Dictionary<(int, int), int> { [(0, 0)] = 0, [(0, 1)] = 5, [(1, 2)] = 6, [(2, 2)] = 2, [(2, 0)] = 9 },
        3, 3, 12);

    [Fact]
    public void AdoptedFrom_CountsFirstUsesOfThoseWhoWereThere()
    {
        IReadOnlyDictionary<int, HashSet<int>> adopted = History.AdoptedFrom(5, 4);

        Assert.Equal([1], adopted[0]);
        Assert.False(adopted.ContainsKey(1), "it came after the cut-off");
        Assert.False(adopted.ContainsKey(2), "day 9 is the first day beyond the horizon");
        Assert.Equal([0], History.AdoptedFrom(5, 5)[2]);
    }

    [Fact]
    public void Before_SeesNothingOfTheCutOffsDay()
    {
        UsageBefore before = new(History, 5, []);

        Assert.Equal([0], before.Matrix(Weighting.Binary)[0].Services.ToArray());
        Assert.Equal(0, before.Matrix(Weighting.Binary)[1].Services.Length);
        Assert.Equal([5, 0, 3], before.DecayedUse(0));
        Assert.Equal([2, 0, 2], before.RecentUse(2));
        Assert.Equal(1 + 0.5, before.DecayedUse(1)[0] - 0.25 - 0.125 - 0.0625, 12);
    }
}
